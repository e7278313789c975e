import { pointsText, type Signal, type SignalGroup, type SignalSheet } from './signal';
import type { SignalLimits } from './signal-limits';
import { mean, type Tally, tallyOf } from './tally';

/** A household one of whose people sits in a group, as it was itself marked. */
interface MarkedHousehold {
  readonly householdId: string;
  readonly groupCode: string;
  readonly sheet: SignalSheet;
  readonly group: Tally;
  /** Those who decided on it, by the household they come from. */
  readonly deciders: ReadonlyMap<string, readonly string[]>;
}

/** 人情分 — the people of two households each decided on the other's, and both came out clearly above their group. 三(三) */
export function mutualFavour(groups: readonly SignalGroup[], limits: SignalLimits): Signal[] {
  const raised = groups.flatMap((group) => raisedHouseholds(group, limits));
  const seats = new Set(groups.flatMap(({ present }) => present.flatMap(({ householdId }) => householdId ?? [])));
  const seated = raised.filter(({ householdId }) => seats.has(householdId)).toSorted((a, b) => (a.householdId < b.householdId ? -1 : 1));
  return seated.flatMap((first, index) => seated.slice(index + 1).flatMap((second) => favourBetween(first, second, limits)));
}

function raisedHouseholds({ groupCode, present, sheets }: SignalGroup, limits: SignalLimits): MarkedHousehold[] {
  const group = tallyOf(sheets.map(({ hundredths }) => hundredths));
  return sheets.flatMap((sheet): MarkedHousehold[] => {
    if (!isRaised(sheet.hundredths, group, limits)) return [];
    const deciding = present.filter(({ memberId }) => !sheet.withdrawn.includes(memberId));
    const deciders = new Map<string, string[]>();
    for (const { memberId, householdId } of deciding) {
      if (householdId !== null) deciders.set(householdId, [...(deciders.get(householdId) ?? []), memberId]);
    }
    return [{ householdId: sheet.householdId, groupCode, sheet, group, deciders }];
  });
}

function isRaised(hundredths: number, group: Tally, limits: SignalLimits): boolean {
  return hundredths * group.count - group.sum >= limits.mutualFavourHundredths * group.count;
}

/** Of the household's people, those who took part in raising the other; where members mark alone, those whose own mark did. */
function favouring(from: MarkedHousehold, to: MarkedHousehold, limits: SignalLimits): readonly string[] {
  const deciders = to.deciders.get(from.householdId) ?? [];
  const { marks } = to.sheet;
  return marks ? deciders.filter((memberId) => marks.some((mark) => mark.memberId === memberId && isRaised(mark.hundredths, to.group, limits))) : deciders;
}

function favourBetween(first: MarkedHousehold, second: MarkedHousehold, limits: SignalLimits): Signal[] {
  const [there, back] = [favouring(first, second, limits), favouring(second, first, limits)];
  if (there.length === 0 || back.length === 0) return [];
  const figures = {
    firstScoreHundredths: first.sheet.hundredths,
    firstGroupMeanHundredths: mean(first.group),
    secondScoreHundredths: second.sheet.hundredths,
    secondGroupMeanHundredths: mean(second.group),
    limitHundredths: limits.mutualFavourHundredths,
  };
  return [
    {
      kind: 'mutual-favour',
      groupCode: first.groupCode,
      householdIds: [first.householdId, second.householdId],
      memberIds: [...there, ...back].toSorted(),
      figures,
      sentence: `两户的成员互相参加了对方家庭的评议，两户分别得 ${pointsText(figures.firstScoreHundredths)} 分和 ${pointsText(figures.secondScoreHundredths)} 分，都明显高于所在组平均的 ${pointsText(figures.firstGroupMeanHundredths)} 分和 ${pointsText(figures.secondGroupMeanHundredths)} 分，请了解是否有人情分`,
    },
  ];
}
