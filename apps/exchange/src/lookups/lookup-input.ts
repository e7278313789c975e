import { type InputFault, Problem } from '@credit/contracts';
import { checkCreditCode, checkResidentId } from '@credit/policy';
import { z } from 'zod';
import { purposeCode } from '../consents/purposes';
import type { Identifier } from './answer-desk';

export const largestBatch = 1000;

const identifierFields = {
  residentId: z.string().max(18, '居民身份号码为 18 位').optional(),
  creditCode: z.string().max(20, '统一社会信用代码为 18 位').optional(),
  subjectNo: z.string().regex(/^[A-Za-z0-9-]{4,40}$/, '主体编号由字母、数字和短横线组成').optional(),
};

const single = z.strictObject({ ...identifierFields, purpose: purposeCode });
const batch = z.strictObject({
  purpose: purposeCode,
  items: z
    .array(z.strictObject({ ...identifierFields, ref: z.string().max(64).optional() }))
    .min(1, '请至少提交一个查询对象')
    .max(largestBatch, `一批最多 ${largestBatch} 个查询对象，请分批提交`),
});

export type BatchItem = Identifier & { readonly ref?: string | undefined };

/** Exactly one number, well formed; says nothing about whether anybody has it. */
function identifierFaults(identifier: Identifier, path: string, sandbox: boolean): InputFault[] {
  const given = (['residentId', 'creditCode', 'subjectNo'] as const).filter((field) => identifier[field] !== undefined);
  if (given.length !== 1) return [{ path: path || 'residentId', message: '请只填写居民身份号码、统一社会信用代码、主体编号其中之一' }];
  const at = (field: string): string => (path ? `${path}.${field}` : field);
  if (identifier.residentId !== undefined) {
    const verdict = checkResidentId(identifier.residentId, { sandbox });
    if (!verdict.valid) return [{ path: at('residentId'), message: verdict.message }];
  }
  if (identifier.creditCode !== undefined) {
    const verdict = checkCreditCode(identifier.creditCode);
    if (!verdict.valid) return [{ path: at('creditCode'), message: verdict.message }];
  }
  return [];
}

function refuse(faults: readonly InputFault[]): void {
  if (faults.length > 0) throw new Problem('input.invalid', {}, faults);
}

export function parseLookup(body: unknown, sandbox: boolean): { identifier: Identifier; purpose: string } {
  const { purpose, ...identifier } = single.parse(body);
  refuse(identifierFaults(identifier, '', sandbox));
  return { identifier, purpose };
}

/** All faults of a batch at once; nothing of a faulty batch is asked. */
export function parseBatch(body: unknown, sandbox: boolean): { items: BatchItem[]; purpose: string } {
  const { items, purpose } = batch.parse(body);
  refuse(items.flatMap((item, index) => identifierFaults(item, `items.${index}`, sandbox)));
  return { items, purpose };
}
