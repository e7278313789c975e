import { type InputFault, Problem } from '@credit/contracts';
import { type BodyRule, checkMarks, type ItemList, type Mark, type PlainDate, quorum } from '@credit/policy';
import type { Body } from '../bodies/body.store';
import type { Recusals } from '../bodies/recusals';
import type { RoundHousehold } from '../rounds/round.store';

export interface TableRow {
  readonly householdId: string;
  readonly withdrawnMemberIds: readonly string[];
  readonly marks: readonly Mark[];
}

export interface TypedTable {
  readonly meetingOn: PlainDate;
  readonly chairMemberId: string;
  readonly presentMemberIds: readonly string[];
  /** 当场再次申报回避 — that everybody present was asked again. */
  readonly declaredAgain: boolean;
  readonly rows: readonly TableRow[];
}

/** Everything a group's table is judged by. */
export interface TableGround {
  readonly body: Body;
  readonly rule: BodyRule;
  readonly list: ItemList;
  readonly referenceDay: PlainDate;
  readonly openedOn: PlainDate;
  readonly today: PlainDate;
  readonly households: readonly RoundHousehold[];
  readonly recusals: Recusals;
  /** Its substitutes and the members of the round's other bodies, who may be called in. */
  readonly callable: readonly string[];
}

/**
 * 核对小组评议表 — every household once, marks with their evidence, everybody withdrawn who must be, enough members left for
 * each household. Problems: `group-table.invalid`, `recusal.missing`, `group.no-quorum`, each with all its places. 三(三)2, 三(三)3
 */
export function checkGroupTable(table: TypedTable, ground: TableGround): void {
  const invalid = [...meetingFaults(table, ground), ...householdFaults(table, ground), ...markFaults(table, ground)];
  if (invalid.length > 0) throw new Problem('group-table.invalid', { groupCode: ground.body.groupCode }, invalid);
  const recusal = recusalFaults(table, ground);
  if (recusal.length > 0) throw new Problem('recusal.missing', { groupCode: ground.body.groupCode }, recusal);
  requireQuorum(table, ground);
}

function meetingFaults({ meetingOn, chairMemberId, presentMemberIds, declaredAgain }: TypedTable, { body, openedOn, today, callable }: TableGround): InputFault[] {
  const faults: InputFault[] = [];
  if (meetingOn < openedOn || meetingOn > today) faults.push({ path: 'meetingOn', message: `评议日期须在 ${openedOn} 开启评议之后、今天之前` });
  const chair = body.members.find(({ memberId }) => memberId === chairMemberId);
  if (chair?.capacity !== 'responsible-cadre') faults.push({ path: 'chairMemberId', message: '评议小组由村包片干部主持，请填写其成员编号' });
  if (!presentMemberIds.includes(chairMemberId)) faults.push({ path: 'presentMemberIds', message: '主持人须到会' });
  if (!declaredAgain) faults.push({ path: 'declaredAgain', message: '到会成员须当场逐人再次申报回避，请完成后再提交' });
  const known = new Set([...body.members.map(({ memberId }) => memberId), ...callable]);
  for (const memberId of presentMemberIds) if (!known.has(memberId)) faults.push({ path: 'presentMemberIds', message: `${memberId} 不是这一轮评议的成员` });
  return faults;
}

function householdFaults({ rows }: TypedTable, { households }: TableGround): InputFault[] {
  const faults: InputFault[] = [];
  const seen = new Set<string>();
  const known = new Set(households.map(({ householdId }) => householdId));
  rows.forEach(({ householdId }, index) => {
    if (!known.has(householdId)) faults.push({ path: `rows.${index}.householdId`, message: `${householdId} 不在该组的农户名册中` });
    if (seen.has(householdId)) faults.push({ path: `rows.${index}.householdId`, message: `${householdId} 在表中重复` });
    seen.add(householdId);
  });
  for (const { householdId, householdNo } of households) if (!seen.has(householdId)) faults.push({ path: 'rows', message: `${householdNo} 户没有评议，每户都须评分` });
  return faults;
}

function markFaults({ rows }: TypedTable, { list, referenceDay }: TableGround): InputFault[] {
  return rows.flatMap(({ marks }, index) => checkMarks(list, marks, referenceDay).map(({ message }) => ({ path: `rows.${index}.marks`, message })));
}

function recusalFaults({ rows, presentMemberIds }: TypedTable, { recusals }: TableGround): InputFault[] {
  return rows.flatMap(({ householdId, withdrawnMemberIds }, index) =>
    recusals
      .required(presentMemberIds, householdId)
      .filter((memberId) => !withdrawnMemberIds.includes(memberId))
      .map((memberId) => ({ path: `rows.${index}.withdrawnMemberIds`, message: `成员 ${memberId} 须对 ${householdId} 户回避` })),
  );
}

function requireQuorum({ rows, presentMemberIds }: TypedTable, { body, rule, recusals, households, callable }: TableGround): void {
  const members = body.members.map(({ memberId }) => memberId);
  const short = rows.flatMap(({ householdId, withdrawnMemberIds }, index) => {
    const verdict = quorum(rule, { members, present: presentMemberIds, withdrawn: withdrawnMemberIds, substitutes: callable });
    if (verdict.met) return [];
    const substitutes = recusals.substitutes(presentMemberIds, householdId);
    return [{ householdId, index, missing: verdict.missing, needed: verdict.needed, substitutes }];
  });
  if (short.length === 0) return;
  const numbers = new Map(households.map((one) => [one.householdId, one.householdNo]));
  throw new Problem(
    'group.no-quorum',
    { groupCode: body.groupCode, households: short.map(({ householdId, needed, missing, substitutes }) => ({ householdId, needed, missing, substitutes })) },
    short.map(({ householdId, index, missing, needed, substitutes }) => ({
      path: `rows.${index}.withdrawnMemberIds`,
      message: `${numbers.get(householdId)} 户：须 ${needed} 人评议，还差 ${missing} 人；可请替补：${substitutes.length > 0 ? substitutes.join('、') : '无，请增补成员'}`,
    })),
  );
}
