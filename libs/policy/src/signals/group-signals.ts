import { pointsText, type Signal, type SignalGroup, type SignalSheet } from './signal';
import type { SignalLimits } from './signal-limits';
import { deviation, difference, mean, standardised, type Tally, tallyOf, without } from './tally';

const scoresOf = (sheets: readonly SignalSheet[]): number[] => sheets.map(({ hundredths }) => hundredths);
const idsOf = (sheets: readonly SignalSheet[]): string[] => sheets.map(({ householdId }) => householdId).toSorted();
const side = (value: number): string => (value > 0 ? '高' : '低');

/** 评分尺度 — a group's mean far from that of the others who were marked in the village. */
export function groupBias({ groupCode, sheets }: SignalGroup, village: Tally, limits: SignalLimits): Signal[] {
  const own = tallyOf(scoresOf(sheets));
  const others = without(village, own);
  if (others.count < limits.leastHouseholds) return [];
  const off = difference(own, others);
  if (Math.abs(off) < limits.scorerBiasHundredths) return [];
  const [meanHundredths, otherMeanHundredths] = [mean(own), mean(others)];
  return [
    {
      kind: 'scorer-bias',
      groupCode,
      householdIds: [],
      memberIds: [],
      figures: { households: own.count, meanHundredths, otherMarks: others.count, otherMeanHundredths, differenceHundredths: off, limitHundredths: limits.scorerBiasHundredths },
      sentence: `${groupCode} 组 ${own.count} 户平均 ${pointsText(meanHundredths)} 分，比其他组 ${others.count} 户的平均 ${pointsText(otherMeanHundredths)} 分${side(off)} ${pointsText(Math.abs(off))} 分，请了解该组评分尺度是否一致`,
    },
  ];
}

/** 个人评分尺度 — a member's marks far from those the others gave to the same households; only where members mark alone. */
export function memberBias({ groupCode, sheets, present }: SignalGroup, limits: SignalLimits): Signal[] {
  return present.flatMap(({ memberId }): Signal[] => {
    const marked = sheets.flatMap(({ marks = [] }) => (marks.length > 1 && marks.some((mark) => mark.memberId === memberId) ? [marks] : []));
    if (marked.length < limits.leastHouseholds) return [];
    const own = tallyOf(marked.flatMap((marks) => marks.flatMap((mark) => (mark.memberId === memberId ? [mark.hundredths] : []))));
    const others = without(tallyOf(marked.flatMap((marks) => marks.map(({ hundredths }) => hundredths))), own);
    const off = difference(own, others);
    if (Math.abs(off) < limits.scorerBiasHundredths) return [];
    const [meanHundredths, otherMeanHundredths] = [mean(own), mean(others)];
    return [
      {
        kind: 'scorer-bias',
        groupCode,
        householdIds: [],
        memberIds: [memberId],
        figures: { marks: own.count, meanHundredths, otherMarks: others.count, otherMeanHundredths, differenceHundredths: off, limitHundredths: limits.scorerBiasHundredths },
        sentence: `${groupCode} 组一名成员所评 ${own.count} 户平均 ${pointsText(meanHundredths)} 分，比其他成员对这些户的平均 ${pointsText(otherMeanHundredths)} 分${side(off)} ${pointsText(Math.abs(off))} 分，请了解其评分尺度`,
      },
    ];
  });
}

/** 得分无差别 — 老好人: every household of a group has the same score. */
export function zeroVariance({ groupCode, sheets }: SignalGroup): Signal[] {
  const [first, ...others] = scoresOf(sheets);
  if (first === undefined || others.some((score) => score !== first)) return [];
  return [
    {
      kind: 'zero-variance',
      groupCode,
      householdIds: idsOf(sheets),
      memberIds: [],
      figures: { households: sheets.length, scoreHundredths: first },
      sentence: `${groupCode} 组 ${sheets.length} 户得分全部为 ${pointsText(first)} 分（一票否决的不计），请了解是否逐户评议`,
    },
  ];
}

/** 评分表雷同 — nearly all sheets of a group say the same. */
export function identicalSheets({ groupCode, sheets }: SignalGroup, limits: SignalLimits): Signal[] {
  const alike = mostAlike(sheets);
  if (alike.length * 100 <= sheets.length * limits.identicalPercent) return [];
  const shareHundredths = Math.floor((alike.length * 10_000) / sheets.length);
  return [
    {
      kind: 'identical-sheets',
      groupCode,
      householdIds: idsOf(alike),
      memberIds: [],
      figures: { households: sheets.length, identical: alike.length, shareHundredths, limit: limits.identicalPercent },
      sentence: `${groupCode} 组 ${sheets.length} 张评分表中有 ${alike.length} 张所记项目和分值完全相同（占 ${pointsText(shareHundredths)}%，超过 ${limits.identicalPercent}%），请了解是否逐户评议`,
    },
  ];
}

function mostAlike(sheets: readonly SignalSheet[]): SignalSheet[] {
  const byDigest = new Map<string, SignalSheet[]>();
  for (const sheet of sheets) byDigest.set(sheet.digest, [...(byDigest.get(sheet.digest) ?? []), sheet]);
  return [...byDigest.values()].reduce((most, same) => (same.length > most.length ? same : most), []);
}

/** 组间差异 — a group's mean far from the village's, measured by how much the village's scores differ at all. */
export function groupFar({ groupCode, sheets }: SignalGroup, village: Tally, limits: SignalLimits): Signal[] {
  const own = tallyOf(scoresOf(sheets));
  const off = standardised(own, village);
  if (Math.abs(off) < limits.groupFarHundredths) return [];
  const figures = { households: own.count, meanHundredths: mean(own), villageMeanHundredths: mean(village), deviationHundredths: deviation(village), standardisedHundredths: off };
  return [
    {
      kind: 'group-far',
      groupCode,
      householdIds: [],
      memberIds: [],
      figures: { ...figures, limitHundredths: limits.groupFarHundredths },
      sentence: `${groupCode} 组平均 ${pointsText(figures.meanHundredths)} 分，比全村平均 ${pointsText(figures.villageMeanHundredths)} 分${side(off)}，相差 ${pointsText(Math.abs(off))} 个标准差（全村标准差 ${pointsText(figures.deviationHundredths)} 分），请了解原因`,
    },
  ];
}
