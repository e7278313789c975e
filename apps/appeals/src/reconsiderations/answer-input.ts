import { type InputFault, Problem } from '@credit/contracts';
import { z } from 'zod';

const reason = (least: string) => z.string().trim().min(4, least).max(4000, '答复理由请控制在 4000 字以内');

export const answering = z.object({
  objectionId: z.uuid(),
  outcome: z.enum(['score-kept', 'score-changed']),
  changedHundredths: z.int().min(0, '评议得分须在 0 至 100 分之间').max(10_000, '评议得分须在 0 至 100 分之间').nullish(),
  vetoLifted: z.boolean().nullish(),
  reasons: reason('请写明答复理由'),
  items: z
    .array(z.object({ itemCode: z.string().regex(/^[\w.-]{1,40}$/, '评议项代码请照评议清单填写'), change: z.enum(['kept', 'added', 'removed']), reason: reason('请逐项写明理由') }))
    .max(60, '逐项理由不超过 60 项')
    .nullish()
    .transform((items) => items ?? []),
  mode: z.enum(['consensus', 'vote']).nullish(),
  votesFor: z.int().nonnegative().nullish(),
  votesAgainst: z.int().nonnegative().nullish(),
  presentMemberIds: z.array(z.uuid()).max(200).nullish(),
});

export type Answering = z.output<typeof answering>;
export type AnsweringInput = z.input<typeof answering> & { readonly requestId: string };

/** 逐项理由 agree with the answer: a kept score keeps every item, a changed one adds or takes away at least one. Problem `answer.not-possible`. */
export function requireItemsAgree({ outcome, items }: Answering): void {
  const faults: InputFault[] = [];
  const codes = items.map((item) => item.itemCode);
  const twice = codes.find((code, index) => codes.indexOf(code) !== index);
  if (twice !== undefined) faults.push({ path: 'items', message: `评议项 ${twice} 写了两次，请合并` });
  const changes = items.some((item) => item.change !== 'kept');
  if (outcome === 'score-kept' && changes) faults.push({ path: 'items', message: '维持原评分的，各评议项均应为维持（kept）' });
  if (outcome === 'score-changed' && !changes) faults.push({ path: 'items', message: '更正评分的须逐项写明理由，至少一个评议项应为增加（added）或取消（removed）' });
  if (faults.length > 0) throw new Problem('answer.not-possible', {}, faults);
}

/** 名单异议 names neither score nor items, and no panel votes on it. Problem `answer.not-possible`. */
export function requireListAnswer({ changedHundredths, vetoLifted, items, mode, votesFor, votesAgainst }: Answering): void {
  const faults: InputFault[] = [];
  if (changedHundredths != null || vetoLifted) faults.push({ path: 'changedHundredths', message: '评定名单的异议不直接填分数；答复更正后由系统重新评定' });
  if (items.length > 0) faults.push({ path: 'items', message: '评定名单的异议不按评议项写理由' });
  if (mode != null || votesFor != null || votesAgainst != null) faults.push({ path: 'mode', message: '评定名单的异议由县联席会议办公室决定，不填表决情况' });
  if (faults.length > 0) throw new Problem('answer.not-possible', {}, faults);
}
