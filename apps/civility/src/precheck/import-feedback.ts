import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { isActive, type ItemList, lookBackFrom, type PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ItemListStore } from '../lists/item-list.store';
import type { RoundRow } from '../rounds/round.row';
import { RoundStore } from '../rounds/round.store';
import { PrecheckStore } from './precheck.store';

const importing = z.object({
  roundId: z.uuid(),
  entries: z
    .array(
      z.object({
        householdId: z.uuid(),
        category: z.string().min(1),
        documentNo: z.string().trim().min(2, '请填写文书编号').max(100),
        effectiveOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
      }),
    )
    .min(1)
    .max(2000, '一次最多导入 2000 条'),
});

type Entry = z.output<typeof importing>['entries'][number];
export type ImportFeedbackInput = z.input<typeof importing> & { readonly requestId: string };
export type FeedbackReceipt = Readonly<{ entryIds: readonly string[]; dropped: readonly { index: number; effectiveOn: string }[]; countedFrom: string }>;

/**
 * 导入县级反馈 — what took effect before the look-back is dropped with its date and not stored; kinds the law seals are
 * refused unless the county recorded its legal basis in the list. 三(三)3
 */
@Injectable()
export class ImportFeedback {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ImportFeedbackInput): Promise<FeedbackReceipt> {
    return this.work.once({ actor, operation: 'precheck.import', requestId, body }, async (tx) => {
      const input = importing.parse(body);
      const round = await new RoundStore(tx).lock(input.roundId);
      actor.require('precheck.import', round.villageCode);
      if (!['preparing', 'open', 'deliberating', 'returned'].includes(round.state)) throw new Problem('state.illegal-move', { state: round.state });
      const { list } = await new ItemListStore(tx).get(round.listVersionId);
      await this.requireSound(tx, round, list, input.entries);

      const countedFrom = lookBackFrom(round.referenceDay, list.lookBackYears);
      const counted = input.entries.filter(({ effectiveOn }) => effectiveOn >= countedFrom);
      const dropped = input.entries.flatMap(({ effectiveOn }, index) => (effectiveOn < countedFrom ? [{ index, effectiveOn }] : []));
      const seals = await this.vault.sealsFor(tx, counted.map(({ householdId }) => householdId));
      const rows = counted.flatMap(({ documentNo, ...entry }) => {
        const id = newId();
        const seal = seals.get(entry.householdId);
        return seal ? [{ id, ...entry, document: seal.seal(documentNo, ['precheck_entry', id, 'document']) }] : [];
      });
      await new PrecheckStore(tx).insert(round.id, rows);
      await tx.audit.record('precheck.imported', round.id, { imported: rows.length, dropped: dropped.length, countedFrom });
      return { entryIds: rows.map(({ id }) => id), dropped, countedFrom };
    });
  }

  private async requireSound(tx: Tx, round: RoundRow, list: ItemList, entries: readonly Entry[]): Promise<void> {
    const known = new Set((await new RoundStore(tx).households(round.id)).map(({ householdId }) => householdId));
    const faults: InputFault[] = [];
    const sealed: InputFault[] = [];
    entries.forEach((entry, index) => {
      const path = `entries.${index}`;
      const item = list.items.find(({ code, evidence }) => code === entry.category && evidence === 'document');
      if (!item) faults.push({ path: `${path}.category`, message: `清单中没有以文书为据的项目 ${entry.category}` });
      else if (!isActive(item)) sealed.push({ path: `${path}.category`, message: `“${item.zh}”的记录依法封存，请从反馈中删去` });
      if (!known.has(entry.householdId)) faults.push({ path: `${path}.householdId`, message: `${entry.householdId} 不在这一轮评议的农户名册中` });
      if (entry.effectiveOn > round.referenceDay) faults.push({ path: `${path}.effectiveOn`, message: `生效日期晚于评议基准日 ${round.referenceDay}` });
    });
    if (sealed.length > 0) throw new Problem('precheck.sealed', {}, sealed);
    if (faults.length > 0) throw new Problem('input.invalid', {}, faults);
  }
}
