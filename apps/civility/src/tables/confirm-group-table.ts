import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStore } from '../rounds/round.store';
import { ScoreStore } from '../scores/score.store';
import { checkGroupTable } from './check-group-table';
import { GroupTableStore } from './group-table.store';
import { evidenceOf, type Sheet } from './sheets';
import { TableDesk } from './table-desk';

const confirming = z.object({
  tableId: z.uuid(),
  digest: z.string(),
  /** 复核录入 — what the second person reads off the paper, when they check by typing; must agree household by household. */
  readBack: z.array(z.object({ householdId: z.uuid(), itemCodes: z.array(z.string()).max(60), withdrawnMemberIds: z.array(z.uuid()).max(60).nullish() })).max(500).nullish(),
});

export type ConfirmGroupTableInput = z.input<typeof confirming> & { readonly requestId: string };
export type ConfirmationReceipt = Readonly<{ tableId: string; groupCode: string; confirmedOn: string; households: number }>;

/**
 * 核对确认小组评议表 — by another account than the typist's, of exactly what was shown; from here on the first scores stand and
 * are never changed. Who must withdraw and who was enough is judged again at this moment. 三(三)3 [D]
 */
@Injectable()
export class ConfirmGroupTable {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly desk: TableDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ConfirmGroupTableInput): Promise<ConfirmationReceipt> {
    return this.work.once({ actor, operation: 'group-table.confirm', requestId, body }, async (tx) => {
      const input = confirming.parse(body);
      const tables = new GroupTableStore(tx);
      const round = await new RoundStore(tx).lock((await tables.get(input.tableId)).roundId);
      const table = await tables.get(input.tableId);
      actor.require('group-table.confirm', round.villageCode);
      if (table.state === 'confirmed') throw new Problem('group-table.confirmed', { tableId: table.id });
      if (table.state === 'replaced' || table.digest !== input.digest) throw new Problem('group-table.changed', { tableId: table.id });
      if (table.typedBy === actor.principal) throw new Problem('group-table.same-person', { tableId: table.id });

      const ground = await this.desk.groundOf(tx, round, table.groupCode);
      const sheets = await tables.sheets(table.id);
      const householdIds = sheets.map(({ householdId }) => householdId);
      ground.recusals.requireFree(actor, householdIds);
      const seals = await this.vault.existing(tx, householdIds);
      const rows = sheets.map((sheet) => {
        const seal = seals.get(sheet.householdId);
        return { householdId: sheet.householdId, withdrawnMemberIds: sheet.withdrawn, marks: seal ? evidenceOf(sheet, seal) : [] };
      });
      checkGroupTable({ meetingOn: table.meetingOn, chairMemberId: table.chairMemberId, presentMemberIds: table.present, declaredAgain: table.declaredAgain, rows }, ground);
      const differences = input.readBack ? differencesOf(sheets, input.readBack) : [];
      if (differences.length > 0) throw new Problem('group-table.differs', { tableId: table.id }, differences);

      await tables.confirm(table.id);
      await new ScoreStore(tx).addFirst(table.roundId, table.id);
      await tx.audit.record('group-table.confirmed', table.id, { roundId: round.id, groupCode: table.groupCode, digest: table.digest });
      return { tableId: table.id, groupCode: table.groupCode, confirmedOn: tx.today, households: sheets.length };
    });
  }
}

type ReadBack = NonNullable<z.output<typeof confirming>['readBack']>;
const together = (codes: readonly string[]): string => codes.toSorted().join('、');

function differencesOf(sheets: readonly Sheet[], readBack: ReadBack): InputFault[] {
  const typed = new Map(sheets.map((sheet) => [sheet.householdId, sheet]));
  const faults: InputFault[] = sheets
    .filter(({ householdId }) => !readBack.some((row) => row.householdId === householdId))
    .map(({ householdId }) => ({ path: 'readBack', message: `${householdId} 户没有核对` }));
  readBack.forEach((row, index) => {
    const sheet = typed.get(row.householdId);
    const lines = together(sheet?.lines.map(({ itemCode }) => itemCode) ?? []);
    if (!sheet) faults.push({ path: `readBack.${index}`, message: `${row.householdId} 户不在录入的表中` });
    else if (lines !== together(row.itemCodes)) faults.push({ path: `readBack.${index}.itemCodes`, message: `${row.householdId} 户：录入为 ${lines || '无'}，核对为 ${together(row.itemCodes) || '无'}` });
    if (sheet && row.withdrawnMemberIds && together(sheet.withdrawn) !== together(row.withdrawnMemberIds)) {
      faults.push({ path: `readBack.${index}.withdrawnMemberIds`, message: `${row.householdId} 户：录入的回避成员与核对的不一致` });
    }
  });
  return faults;
}
