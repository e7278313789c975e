import { Problem } from '@credit/contracts';
import { type Actor, itemListOn, newId, RULES, type Rules, UnitOfWork } from '@credit/platform';
import { checkItemList, type ItemList, type PlainDate } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ItemListStore } from './item-list.store';

const hundredths = z.int().min(0).max(10_000);
const content = z.object({
  areas: z.array(z.object({ code: z.string().regex(/^[a-z][a-z-]*$/, '方面编号只用小写字母和连字符'), zh: z.string().trim().min(2).max(40), positiveCap: hundredths })).min(1).max(30),
  items: z
    .array(
      z.object({
        code: z.string().regex(/^[A-Z][A-Z0-9]{1,9}$/, '项目编号由大写字母开头，2 至 10 位字母数字'),
        zh: z.string().trim().min(2).max(200),
        area: z.string(),
        polarity: z.enum(['positive', 'negative', 'veto']),
        points: hundredths.nullish(),
        mayRepeat: z.boolean().default(false),
        evidence: z.enum(['word', 'fact', 'document']),
        source: z.string().trim().min(2, '请写明依据').max(200),
      }),
    )
    .min(1)
    .max(300, '清单项目不得超过 300 项'),
});

const drafting = z.object({
  countyCode: z.string().regex(/^\d{6}0{6}$/, '请填写县级行政区划代码'),
  effectiveFrom: z.iso.date('日期须形如 2022-11-14').transform((text) => text as PlainDate),
  /** 清单内容 of the county's own; without it, that of the rules data. */
  content: content.nullish(),
  /** 法律依据 for kinds of records the law seals: without it they stay off. */
  legalBases: z.array(z.object({ itemCode: z.string(), basis: z.string().trim().min(4, '请写明法律依据') })).default([]),
});

export type DraftItemListInput = z.input<typeof drafting> & { readonly requestId: string };
export type DraftReceipt = Readonly<{ listVersionId: string; effectiveFrom: string }>;

/** 拟订评议清单 — the county's own version of the list; every fault is told at once, and it serves no round before it is approved. 三(三)1 */
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
      const own = input.content ? withContent(shipped, input.content) : shipped;
      const list = withLegalBases({ ...own, effectiveFrom: input.effectiveFrom }, input.legalBases);
      const faults = checkItemList(list).filter(({ severity }) => severity === 'error');
      if (faults.length > 0) throw new Problem('item-list.invalid', {}, faults.map(({ path, message }) => ({ path: path.join('.'), message })));
      const id = newId();
      await new ItemListStore(tx).insert({ id, countyCode: input.countyCode, list, effectiveFrom: input.effectiveFrom, draftedBy: actor.principal, draftedOn: tx.today });
      await tx.audit.record('item-list.drafted', id, { version: list.version, effectiveFrom: input.effectiveFrom, legalBases: input.legalBases.map(({ itemCode }) => itemCode) });
      return { listVersionId: id, effectiveFrom: input.effectiveFrom };
    });
  }
}

/** The county's own areas and items; base, cap, look-back and what may never be judged stay as the policy has them. */
function withContent(shipped: ItemList, own: z.output<typeof content>): ItemList {
  const sealed = new Set(shipped.items.filter(({ sealedByLaw }) => sealedByLaw).map(({ code }) => code));
  return {
    ...shipped,
    areas: own.areas.map(({ positiveCap, ...area }) => ({ ...area, positiveCapHundredths: positiveCap })),
    items: own.items.map(({ points, ...item }) => ({
      ...item,
      ...(points === null || points === undefined ? {} : { pointsHundredths: points }),
      ...(sealed.has(item.code) ? { sealedByLaw: true } : {}),
    })),
  };
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
