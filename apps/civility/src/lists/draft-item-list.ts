import { Problem } from '@credit/contracts';
import { type Actor, itemListOn, newId, RULES, type Rules, UnitOfWork } from '@credit/platform';
import { checkItemList, type ItemList, type PlainDate } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ItemListStore } from './item-list.store';

const drafting = z.object({
  countyCode: z.string().regex(/^\d{6}0{6}$/, '请填写县级行政区划代码'),
  effectiveFrom: z.iso.date('日期须形如 2022-11-14').transform((text) => text as PlainDate),
  /** 法律依据 for kinds of records the law seals: without it they stay off. */
  legalBases: z.array(z.object({ itemCode: z.string(), basis: z.string().trim().min(4, '请写明法律依据') })).default([]),
});

export type DraftItemListInput = z.input<typeof drafting> & { readonly requestId: string };
export type DraftReceipt = Readonly<{ listVersionId: string; effectiveFrom: string }>;

/** 拟订评议清单 — the county's own version of the list in the rules data; it serves no round before it is approved. 三(三)1 */
@Injectable()
export class DraftItemList {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, { requestId, ...body }: DraftItemListInput): Promise<DraftReceipt> {
    return this.work.once({ actor, operation: 'list.draft', requestId, body }, async (tx) => {
      const input = drafting.parse(body);
      actor.require('list.draft', input.countyCode);
      const shipped = itemListOn(this.rules, input.effectiveFrom);
      if (!shipped) throw new Problem('item-list.invalid', {}, [{ path: 'effectiveFrom', message: '规则数据中没有这一天可用的清单' }]);
      const list = withLegalBases({ ...shipped, effectiveFrom: input.effectiveFrom }, input.legalBases);
      const faults = checkItemList(list).filter(({ severity }) => severity === 'error');
      if (faults.length > 0) throw new Problem('item-list.invalid', {}, faults.map(({ path, message }) => ({ path: path.join('.'), message })));
      const id = newId();
      await new ItemListStore(tx).insert({ id, countyCode: input.countyCode, list, effectiveFrom: input.effectiveFrom, draftedBy: actor.principal, draftedOn: tx.today });
      await tx.audit.record('item-list.drafted', id, { version: list.version, effectiveFrom: input.effectiveFrom, legalBases: input.legalBases.map(({ itemCode }) => itemCode) });
      return { listVersionId: id, effectiveFrom: input.effectiveFrom };
    });
  }
}

function withLegalBases(list: ItemList, bases: readonly { itemCode: string; basis: string }[]): ItemList {
  const unknown = bases.filter(({ itemCode }) => !list.items.some((item) => item.code === itemCode && item.sealedByLaw));
  if (unknown.length > 0) {
    throw new Problem('item-list.invalid', {}, unknown.map(({ itemCode }) => ({ path: 'legalBases', message: `${itemCode} 不是依法封存的项目，无需登记法律依据` })));
  }
  return { ...list, items: list.items.map((item) => ({ ...item, ...legalBasisOf(bases, item.code) })) };
}

function legalBasisOf(bases: readonly { itemCode: string; basis: string }[], code: string): { legalBasis?: string } {
  const found = bases.find(({ itemCode }) => itemCode === code);
  return found ? { legalBasis: found.basis } : {};
}
