import { Problem } from '@credit/contracts';
import { type Actor, type Config, CONFIG, type Rules, RULES, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { clientOf, requireGranted } from '../consents/purposes';
import { AnswerDesk, type LookupResult } from './answer-desk';
import { parseBatch, parseLookup } from './lookup-input';
import { RateLimit } from './rate-limit';

export type BatchResult = Readonly<{ results: readonly Readonly<{ ref: string | null; result: LookupResult }>[] }>;

/**
 * 查询 — one look-up or a batch for a bank, with consent. A refusal is an outcome that is kept in the query log like an
 * answer, so the work commits and the door turns it into the problem.
 */
@Injectable()
export class LookUp {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: AnswerDesk,
    private readonly rateLimit: RateLimit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  async one(actor: Actor, requestId: string, body: unknown): Promise<LookupResult> {
    const { identifier, purpose } = parseLookup(body, this.config.SANDBOX);
    const clientId = clientOf(actor);
    await this.rateLimit.take(clientId, 1);
    return this.work.once({ actor, operation: 'lookup.one', requestId, body }, async (tx) => {
      requireGranted(actor, this.rules, purpose, tx.today);
      const [result] = await this.desk.answer(tx, clientId, purpose, [identifier]);
      if (!result) throw new Problem('internal.error');
      await tx.audit.record('lookup.asked', result.queryId, { purpose, outcome: result.outcome });
      return result;
    });
  }

  async batch(actor: Actor, requestId: string, body: unknown): Promise<BatchResult> {
    const { items, purpose } = parseBatch(body, this.config.SANDBOX);
    const clientId = clientOf(actor);
    await this.rateLimit.take(clientId, items.length);
    return this.work.once({ actor, operation: 'lookup.batch', requestId, body }, async (tx) => {
      requireGranted(actor, this.rules, purpose, tx.today);
      const answers = await this.desk.answer(tx, clientId, purpose, items.map(({ residentId, creditCode, subjectNo }) => ({ residentId, creditCode, subjectNo })));
      const answered = answers.filter((result) => result.outcome === 'answered').length;
      await tx.audit.record('lookup.batch-asked', clientId, { purpose, asked: items.length, answered });
      return { results: answers.map((result, index) => ({ ref: items[index]?.ref ?? null, result })) };
    });
  }
}
