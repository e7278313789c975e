import { archivesReads } from '@credit/contracts';
import { type Actor, InternalClient, type Rules, RULES, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { clientOf, requireGranted, purposeCode } from '../consents/purposes';
import { AnswerDesk } from '../lookups/answer-desk';
import { RateLimit } from '../lookups/rate-limit';
import { RatingChangeStore } from './rating-change.store';

const asking = z.object({
  purpose: purposeCode,
  after: z.string().regex(/^\d{1,18}$/, '游标无效，请用上一页返回的 nextCursor').default('0'),
  limit: z.coerce.number().int().min(1).max(100, '每页最多 100 条').default(50),
});

export interface ChangePage {
  readonly changes: readonly { readonly subjectNo: string; readonly subjectKind: string; readonly certifiedOn: string; readonly lastDay: string }[];
  readonly nextCursor: string;
}

/** 评定变更 — which of the subjects that have consented were rated anew: the bank then looks them up. Grades are not told here. */
@Injectable()
export class ListChanges {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly desk: AnswerDesk,
    private readonly rateLimit: RateLimit,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  async execute(actor: Actor, query: unknown): Promise<ChangePage> {
    const { purpose, after, limit } = asking.parse(query);
    const clientId = clientOf(actor);
    await this.rateLimit.take(clientId, 1);
    return this.work.run(actor, async (tx) => {
      requireGranted(actor, this.rules, purpose, tx.today);
      const candidates = await new RatingChangeStore(tx).after(after, clientId, purpose, limit);
      if (candidates.length === 0) return { changes: [], nextCursor: after };
      const subjects = [...new Map(candidates.map((change) => [change.subjectId, change])).values()];
      const verdicts = await this.desk.verdicts(tx, clientId, purpose, subjects);
      const consented = candidates.filter((change) => verdicts.get(change.subjectId) === 'given');
      const labels = consented.length === 0 ? [] : await this.peers.all(archivesReads.labels, { subjectIds: [...new Set(consented.map((change) => change.subjectId))] });
      const numbers = new Map(labels.map((label) => [label.subjectId, label.subjectNo]));
      const changes = consented.flatMap(({ subjectId, subjectKind, certifiedOn, lastDay }) => {
        const subjectNo = numbers.get(subjectId);
        return subjectNo === undefined ? [] : [{ subjectNo, subjectKind, certifiedOn, lastDay }];
      });
      return { changes, nextCursor: candidates.at(-1)?.cursor ?? after };
    });
  }
}
