import type { RowOf, archivesReads } from '@credit/contracts';
import { scoreText } from '@credit/platform';
import { isActive, type PlainDate } from '@credit/policy';
import type { GroupTableInput, GroupTableRow } from '@credit/print';
import type { TableGround } from '../tables/check-group-table';
import type { GroupTable } from '../tables/group-table.store';
import type { Sheet } from '../tables/sheets';

/** Everything that stands on a group's table. */
export interface GroupTablePaper {
  readonly year: number;
  readonly groupName: string;
  readonly ground: TableGround;
  /** What was typed, with its sheets; null before the meeting. */
  readonly typed: { readonly table: GroupTable; readonly sheets: ReadonlyMap<string, Sheet> } | null;
  /** The meeting that was called; null when none was. */
  readonly meeting: { readonly meetingOn: PlainDate; readonly place: string } | null;
  readonly labels: ReadonlyMap<string, RowOf<typeof archivesReads.labels>>;
  readonly capacities: Readonly<Record<string, string>>;
}

/**
 * 小组评议表 for the printer. Members stand on it by number and capacity, because their names are not kept here: they write
 * them beside their signatures, and their numbers show who withdrew where. 三(三)2、3 [D]
 */
export function groupTableInput({ year, groupName, ground, typed, meeting, labels, capacities }: GroupTablePaper): GroupTableInput {
  const { body, list, households, recusals, today } = ground;
  const numbers = new Map(body.members.map(({ memberId }, index) => [memberId, `${index + 1}号`]));
  const numbered = (memberIds: readonly string[]): string[] => memberIds.map((memberId) => numbers.get(memberId) ?? '替补');
  const rowOf = (householdId: string, householdNo: string): GroupTableRow => {
    const sheet = typed?.sheets.get(householdId);
    const codes = (polarity: 'positive' | 'negative' | 'veto'): string[] => sheet?.lines.filter((line) => line.polarity === polarity).map(({ itemCode }) => itemCode) ?? [];
    return {
      label: labels.get(householdId)?.label ?? '',
      subjectNo: householdNo,
      positives: codes('positive'),
      negatives: codes('negative'),
      vetoes: codes('veto'),
      withdrawn: numbered(sheet?.withdrawn ?? recusals.required([...numbers.keys()], householdId)),
      score: sheet ? scoreText(sheet.hundredths) : null,
    };
  };
  return {
    title: `${groupName}${year}年度乡风文明小组评议表`,
    number: null,
    madeOn: typed?.table.meetingOn ?? today,
    // The digest of what was typed: a paper printed for checking is known from one of an earlier typing.
    check: typed?.table.digest.slice(0, 12),
    groupName,
    listName: `乡风文明评议清单第${list.version}版`,
    meetingOn: typed?.table.meetingOn ?? meeting?.meetingOn ?? null,
    place: meeting?.place ?? null,
    chair: capacities['responsible-cadre'] ?? null,
    rows: households.map(({ householdId, householdNo }) => rowOf(householdId, householdNo)),
    items: list.items.filter(isActive).map(({ code, zh, polarity, pointsHundredths }) => ({ code, zh, polarity, points: pointsHundredths === undefined ? null : `${pointsHundredths / 100}分` })),
    members: body.members.map(({ capacity }, index) => ({ name: `${index + 1}号`, capacity: capacities[capacity] ?? capacity })),
  };
}
