import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { checkMarks } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { appointed, type Member } from '../bodies/body.store';
import type { RoundRow } from '../rounds/round.row';
import { RoundStore } from '../rounds/round.store';
import type { TableGround } from '../tables/check-group-table';
import { GroupTableStore } from '../tables/group-table.store';
import { markShape } from '../tables/mark-input';
import { TableDesk } from '../tables/table-desk';
import { IndividualSheetStore } from './individual-sheet.store';

const recording = z.object({
  roundId: z.uuid(),
  groupCode: z.string(),
  memberId: z.uuid(),
  rows: z.array(z.object({ householdId: z.uuid(), marks: z.array(markShape).max(60) })).min(1).max(500, '一个村民小组最多 500 户'),
  scanSha256: z.string().regex(/^[0-9a-f]{64}$/, '扫描件摘要须为 64 位十六进制').nullish().transform((text) => text ?? null),
});

type Recording = z.output<typeof recording>;
export type RecordIndividualMarksInput = z.input<typeof recording> & { readonly requestId: string };
export type IndividualReceipt = Readonly<{ memberId: string; households: number }>;

/**
 * 个人评议表 — a member marks household by household, for nobody they must withdraw from; the clerk types the signed sheet of
 * one without an account. It may be mended until the group's table is counted and confirmed. 三(三)3 [D]
 */
@Injectable()
export class RecordIndividualMarks {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly desk: TableDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RecordIndividualMarksInput): Promise<IndividualReceipt> {
    return this.work.once({ actor, operation: 'individual-marks.record', requestId, body }, async (tx) => {
      const input = recording.parse(body);
      const round = await new RoundStore(tx).lock(input.roundId);
      if (round.marking !== 'individual') throw new Problem('marking.other', { marking: round.marking });
      if (round.state !== 'open') throw new Problem('state.illegal-move', { state: round.state });
      await requireUnconfirmed(tx, input);
      const ground = await this.desk.groundOf(tx, round, input.groupCode);
      requireOwn(actor, appointed(ground.body).find(({ memberId }) => memberId === input.memberId), round, input);
      const faults = faultsOf(input, ground, round);
      if (faults.length > 0) throw new Problem('group-table.invalid', { groupCode: input.groupCode }, faults);
      const seals = await this.vault.sealsFor(tx, input.rows.map(({ householdId }) => householdId));
      await new IndividualSheetStore(tx).put(round.id, input.memberId, input.rows, seals, input.scanSha256);
      await tx.audit.record('individual-marks.recorded', input.memberId, { roundId: round.id, groupCode: input.groupCode, households: input.rows.length });
      return { memberId: input.memberId, households: input.rows.length };
    });
  }
}

async function requireUnconfirmed(tx: Tx, { roundId, groupCode }: Recording): Promise<void> {
  const table = await new GroupTableStore(tx).current(roundId, groupCode);
  if (table?.state === 'confirmed') throw new Problem('group-table.confirmed', { tableId: table.id });
}

/** Members mark for themselves; for one without an account the clerk types what they signed. */
function requireOwn(actor: Actor, member: Member | undefined, { villageCode }: RoundRow, { memberId, scanSha256 }: Recording): void {
  if (!member) throw new Problem('not-found', { memberId });
  if (member.accountId !== null && member.accountId === actor.accountId) return;
  if (member.accountId !== null || !actor.may('group-table.record', villageCode)) throw new Problem('marking.not-own', { memberId });
  if (scanSha256 === null) throw new Problem('input.invalid', {}, [{ path: 'scanSha256', message: '代为录入须附签字原件扫描件的摘要' }]);
}

function faultsOf({ rows, memberId }: Recording, { households, recusals, list }: TableGround, { referenceDay }: RoundRow): InputFault[] {
  const known = new Set(households.map(({ householdId }) => householdId));
  return rows.flatMap(({ householdId, marks }, index): InputFault[] => {
    if (!known.has(householdId)) return [{ path: `rows.${index}.householdId`, message: `${householdId} 不在该组的农户名册中` }];
    if (recusals.required([memberId], householdId).length > 0) return [{ path: `rows.${index}.householdId`, message: `您须对 ${householdId} 户回避，不填写` }];
    return checkMarks(list, marks, referenceDay).map(({ message }) => ({ path: `rows.${index}.marks`, message }));
  });
}
