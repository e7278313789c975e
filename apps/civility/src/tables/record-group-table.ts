import { createHash } from 'node:crypto';
import { Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork, Vault } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PrecheckStore } from '../precheck/precheck.store';
import { withOfficialDocuments } from '../precheck/official-documents';
import { RoundStore } from '../rounds/round.store';
import { checkGroupTable } from './check-group-table';
import { GroupTableStore } from './group-table.store';
import { markShape } from './mark-input';
import { sheetOf } from './sheets';
import { TableDesk } from './table-desk';

const recording = z.object({
  roundId: z.uuid(),
  groupCode: z.string(),
  meetingOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  chairMemberId: z.uuid(),
  presentMemberIds: z.array(z.uuid()).max(60),
  declaredAgain: z.boolean(),
  rows: z.array(z.object({ householdId: z.uuid(), withdrawnMemberIds: z.array(z.uuid()).max(60).default([]), marks: z.array(markShape).max(60) })).max(500, '一个村民小组最多 500 户'),
  scanSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '扫描件摘要须为 64 位十六进制')
    .nullish()
    .transform((text) => text ?? null),
});

export type RecordGroupTableInput = z.input<typeof recording> & { readonly requestId: string };
export type TableReceipt = Readonly<{ tableId: string; groupCode: string; households: number; digest: string }>;

/**
 * 录入小组评议表 — the signed table of one group, typed once; typing it again before it is confirmed puts the new one in its
 * place. The scores are computed here and become the first scores when a second person confirms. 三(三)3
 */
@Injectable()
export class RecordGroupTable {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly desk: TableDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RecordGroupTableInput): Promise<TableReceipt> {
    return this.work.once({ actor, operation: 'group-table.record', requestId, body }, async (tx) => {
      const input = recording.parse(body);
      const round = await new RoundStore(tx).lock(input.roundId);
      actor.require('group-table.record', round.villageCode);
      if (round.state !== 'open') throw new Problem('state.illegal-move', { state: round.state });
      const tables = new GroupTableStore(tx);
      const present = await tables.current(round.id, input.groupCode);
      if (present?.state === 'confirmed') throw new Problem('group-table.confirmed', { tableId: present.id });

      const ground = await this.desk.groundOf(tx, round, input.groupCode);
      const householdIds = ground.households.map(({ householdId }) => householdId);
      ground.recusals.requireFree(actor, householdIds);
      const seals = await this.vault.sealsFor(tx, householdIds);
      const flags = await new PrecheckStore(tx).flagged(round.id);
      const rows = input.rows.map((row) => ({ ...row, marks: withOfficialDocuments(row.householdId, row.marks, flags, seals) }));
      checkGroupTable({ ...input, rows }, ground);

      if (present) await tables.setAside(present.id);
      const sheets = rows.flatMap((row) => {
        const seal = seals.get(row.householdId);
        return seal ? [sheetOf(ground.list, row.householdId, row.marks, row.withdrawnMemberIds, seal)] : [];
      });
      const id = newId();
      const digest = createHash('sha256').update(JSON.stringify({ ...input, rows: rows.toSorted((a, b) => (a.householdId < b.householdId ? -1 : 1)) })).digest('hex');
      await tables.insert({ id, roundId: round.id, groupCode: input.groupCode, bodyId: ground.body.id, meetingOn: input.meetingOn, chairMemberId: input.chairMemberId, present: input.presentMemberIds, declaredAgain: input.declaredAgain, scanSha256: input.scanSha256, digest }, sheets);
      await tx.audit.record('group-table.recorded', id, { roundId: round.id, groupCode: input.groupCode, households: sheets.length, digest, replaced: present?.id ?? null });
      return { tableId: id, groupCode: input.groupCode, households: sheets.length, digest };
    });
  }
}
