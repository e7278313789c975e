import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, type PersonalSeal, RULES, type Rules, UnitOfWork, Vault } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type CreditFile, FileStore } from '../files/file.store';
import { requireMayVerify } from '../files/verify-files';
import { type ItemValue, ItemStore } from '../subjects/item.store';

const verifying = z.object({
  fileId: z.uuid(),
  version: z.int().positive(),
  verdicts: z
    .array(
      z
        .object({ item: z.string(), verdict: z.enum(['right', 'wrong', 'cannot-tell']), note: z.string().trim().max(500).nullish().transform((text) => (text ? text : null)) })
        .refine(({ verdict, note }) => verdict !== 'wrong' || note !== null, { path: ['note'], message: '有误的须写明错在哪里' }),
    )
    .max(200),
});

type Verifying = z.output<typeof verifying>;
export type VerifyItemsInput = z.input<typeof verifying> & { readonly requestId: string };
export type VerifyItemsReceipt = Readonly<{ fileId: string; verdict: 'verified' | 'returned'; wrong: number }>;

/**
 * 逐项校核 — a verdict on every item of a file as it was seen: with one wrong the file goes back to its collector with what is
 * wrong, otherwise it is verified. Nobody judges what they collected themselves; the database refuses it too. 三(五)
 */
@Injectable()
export class VerifyItems {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, { requestId, ...body }: VerifyItemsInput): Promise<VerifyItemsReceipt> {
    const anonymised = { ...body, verdicts: body.verdicts.map((one) => ({ ...one, note: one.note ? this.vault.hash(one.note, 'request') : null })) };
    return this.work.once({ actor, operation: 'archives.verify-items', requestId, body: anonymised }, async (tx) => {
      const input = verifying.parse(body);
      const files = new FileStore(tx);
      const [file] = await files.lockAll([input.fileId]);
      if (!file) throw new Problem('not-found', { fileId: input.fileId });
      requireMayVerify(actor, file);
      if (file.version !== input.version) throw new Problem('verdict.changed', { fileId: file.fileId, version: file.version });
      const items = new ItemStore(tx);
      const values = await items.currentOf([file.subjectId]);
      const missing = this.missing(values, file, input);
      if (missing.length > 0) throw new Problem('verdict.incomplete', { fileId: file.fileId }, missing);
      const seal = await this.vault.sealFor(tx, file.subjectId);
      await items.insertVerdicts(values.flatMap((value) => verdictOn(value, input, seal)));

      const wrong = input.verdicts.filter(({ verdict }) => verdict === 'wrong');
      const verdict = wrong.length > 0 ? 'returned' : 'verified';
      if (verdict === 'verified') await files.verified([file.fileId], actor.accountId ?? '');
      else await files.returned([file.fileId], `有误：${wrong.map(({ item }) => this.nameOf(file, item)).join('、')}`);
      await tx.outbox.append(verdict === 'verified' ? 'file.verified' : 'file.changed', {
        fileId: file.fileId,
        subjectKind: file.subjectKind,
        subjectId: file.subjectId,
        divisionCode: file.villageCode,
        version: file.version,
      });
      await tx.audit.record(`file.${verdict}`, file.fileId, { version: file.version, items: values.length, wrong: wrong.map(({ item }) => item) });
      return { fileId: file.fileId, verdict, wrong: wrong.length };
    });
  }

  private nameOf({ subjectKind }: CreditFile, item: string): string {
    return this.rules.items[subjectKind][item]?.zh ?? item;
  }

  private missing(values: readonly ItemValue[], file: CreditFile, { verdicts }: Verifying): InputFault[] {
    const given = new Set(verdicts.map(({ item }) => item));
    return values.filter(({ item }) => !given.has(item)).map(({ item }) => ({ path: 'verdicts', message: `“${this.nameOf(file, item)}”没有校核结论` }));
  }
}

function verdictOn(value: ItemValue, { verdicts }: Verifying, seal: PersonalSeal): Parameters<ItemStore['insertVerdicts']>[0] {
  const given = verdicts.find(({ item }) => item === value.item);
  if (!given) return [];
  const { subjectId, item, version, collectedBy } = value;
  const note = given.note === null ? null : seal.seal(given.note, ['item_verdict', `${subjectId}/${item}/${version}`, 'note']);
  return [{ subjectId, item, version, collectedBy, verdict: given.verdict, note }];
}
