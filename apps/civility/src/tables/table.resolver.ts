import { type Actor, Allow, CurrentActor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { TieStore } from '../bodies/tie.store';
import { RoundStore } from '../rounds/round.store';
import { ConfirmGroupTable } from './confirm-group-table';
import { type GroupTable, GroupTableStore } from './group-table.store';
import { linesOf, marksFrom } from './mark-lines';
import { RecordGroupTable } from './record-group-table';
import type { Sheet } from './sheets';
import { ConfirmGroupTableArgs, GroupSession, GroupTableType, RecordGroupTableArgs, type TableDifference, TableReceiptType } from './table.types';

@Resolver()
export class TableResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly record: RecordGroupTable,
    private readonly confirm: ConfirmGroupTable,
  ) {}

  @Query(() => GroupTableType, { nullable: true, description: '一个村民小组的评议表；您须回避的农户不显示' })
  @Allow('group-table.read')
  groupTable(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string, @Args('groupCode', { type: () => String }) groupCode: string): Promise<GroupTableType | null> {
    return this.work.read(actor, async (tx) => {
      const { villageCode } = await new RoundStore(tx).get(roundId);
      actor.require('group-table.read', villageCode);
      const tables = new GroupTableStore(tx);
      const table = await tables.current(roundId, groupCode);
      if (!table) return null;
      const hidden = new Set(await new TieStore(tx).hiddenFrom(actor.accountId));
      const seen = (sheets: readonly Sheet[]): Sheet[] => sheets.filter(({ householdId }) => !hidden.has(householdId));
      const sheets = seen(await tables.sheets(table.id));
      const seals = await this.vault.existing(tx, sheets.map(({ householdId }) => householdId));
      const documents = actor.may('score.read-documents', villageCode);
      const rows = sheets.map((sheet) => ({
        householdId: sheet.householdId,
        withdrawnMemberIds: sheet.withdrawn,
        score: sheet.hundredths,
        vetoed: sheet.vetoed,
        lines: linesOf(sheet, seals.get(sheet.householdId), documents),
      }));
      return { ...table, presentMemberIds: table.present, rows, differences: await this.corrected(tx, table, sheets, seen) };
    });
  }

  /** What typing the table again changed. */
  private async corrected(tx: Tx, table: GroupTable, sheets: readonly Sheet[], seen: (sheets: readonly Sheet[]) => Sheet[]): Promise<TableDifference[]> {
    const tables = new GroupTableStore(tx);
    const before = await tables.before(table);
    if (!before) return [];
    const old = new Map(seen(await tables.sheets(before.id)).map((sheet) => [sheet.householdId, sheet]));
    const codes = (sheet: Sheet | undefined): string => JSON.stringify([sheet?.lines, sheet?.withdrawn]);
    return sheets
      .filter((sheet) => codes(sheet) !== codes(old.get(sheet.householdId)))
      .map((sheet) => ({ householdId: sheet.householdId, before: old.get(sheet.householdId)?.hundredths ?? null, after: sheet.hundredths }));
  }

  @Query(() => [GroupSession], { description: '各组评议的过程（供监督，不含评分）' })
  @Allow('round.read')
  groupSessions(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string): Promise<GroupSession[]> {
    return this.work.read(actor, async (tx) => {
      const rounds = new RoundStore(tx);
      actor.require('round.read', (await rounds.get(roundId)).villageCode);
      return new GroupTableStore(tx).sessions(roundId);
    });
  }

  @Mutation(() => TableReceiptType, { description: '录入小组评议表（村文书、村包片干部）' })
  @Allow('group-table.record')
  recordGroupTable(@CurrentActor() actor: Actor, @Args('input') { rows, ...table }: RecordGroupTableArgs): Promise<TableReceiptType> {
    return this.record.execute(actor, { ...table, rows: rows.map(({ marks, ...row }) => ({ ...row, marks: marksFrom(marks) })) });
  }

  @Mutation(() => TableReceiptType, { description: '核对确认小组评议表（录入人以外的人）；确认后初评得分不再更改' })
  @Allow('group-table.confirm')
  confirmGroupTable(@CurrentActor() actor: Actor, @Args('input') input: ConfirmGroupTableArgs): Promise<TableReceiptType> {
    return this.confirm.execute(actor, input);
  }
}
