import { createHash } from 'node:crypto';
import { Problem } from '@credit/contracts';
import { type Actor, newId, type Tx, Vault } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { withOfficialDocuments } from '../precheck/official-documents';
import { PrecheckStore } from '../precheck/precheck.store';
import type { RoundRow } from '../rounds/round.row';
import { RoundStore } from '../rounds/round.store';
import { checkGroupTable, type TableGround, type TypedTable } from './check-group-table';
import { GroupTableStore } from './group-table.store';
import { sheetOf } from './sheets';
import { TableDesk } from './table-desk';

/** 评议会议 as it was held: when, who chaired, who was there, and the scan of what they signed. */
export const heldMeeting = z.object({
  roundId: z.uuid(),
  groupCode: z.string(),
  meetingOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  chairMemberId: z.uuid(),
  presentMemberIds: z.array(z.uuid()).max(60),
  declaredAgain: z.boolean(),
  scanSha256: z.string('请附签字原件扫描件的摘要').regex(/^[0-9a-f]{64}$/, '扫描件摘要须为 64 位十六进制'),
});

type Held = z.output<typeof heldMeeting>;
export type TableReceipt = Readonly<{ tableId: string; groupCode: string; households: number; digest: string }>;

/** 评议表 of a group, however its marks came about: checked, scored here, kept until a second person confirms it. 三(三)3 */
@Injectable()
export class TableRecorder {
  constructor(
    private readonly vault: Vault,
    private readonly desk: TableDesk,
  ) {}

  /** The group of an open round, locked; nobody works on a table with a household they must withdraw from. */
  async openGroup(tx: Tx, actor: Actor, { roundId, groupCode }: Pick<Held, 'roundId' | 'groupCode'>): Promise<{ round: RoundRow; ground: TableGround }> {
    const round = await new RoundStore(tx).lock(roundId);
    actor.require('group-table.record', round.villageCode);
    if (round.state !== 'open') throw new Problem('state.illegal-move', { state: round.state });
    const ground = await this.desk.groundOf(tx, round, groupCode);
    ground.recusals.requireFree(actor, ground.households.map(({ householdId }) => householdId));
    return { round, ground };
  }

  async record(tx: Tx, ground: TableGround, round: RoundRow, input: Held & Pick<TypedTable, 'rows'>): Promise<TableReceipt> {
    const { groupCode } = input;
    const tables = new GroupTableStore(tx);
    const present = await tables.current(round.id, groupCode);
    if (present?.state === 'confirmed') throw new Problem('group-table.confirmed', { tableId: present.id });
    const seals = await this.vault.sealsFor(tx, ground.households.map(({ householdId }) => householdId));
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
    const { meetingOn, chairMemberId, presentMemberIds, declaredAgain, scanSha256 } = input;
    await tables.insert({ id, roundId: round.id, groupCode, bodyId: ground.body.id, meetingOn, chairMemberId, present: presentMemberIds, declaredAgain, scanSha256, digest }, sheets);
    await tx.audit.record('group-table.recorded', id, { roundId: round.id, groupCode, marking: round.marking, households: sheets.length, digest, replaced: present?.id ?? null });
    return { tableId: id, groupCode, households: sheets.length, digest };
  }
}
