import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, newId, UnitOfWork } from '@credit/platform';
import { addMonths, plainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { sha256 } from '../changes/regrade-form';
import { repairRulesOn } from '../repair/repair-rules';
import { ResultStore } from '../runs/result.store';
import { ConstraintStore } from './constraint.store';

const entering = z.object({ subjectId: z.uuid(), legalBasis: z.string(), documentSha256: sha256, lastDay: z.iso.date('请填写到期之日，形如 2027-01-31') });

export type EnterConstraintInput = z.input<typeof entering> & { readonly requestId: string };
export type ConstraintEntered = Readonly<{ constraintId: string; lastDay: string }>;

/**
 * 列入约束名单 — only on a legal basis the rules know, with its document, until a day within the longest years; the household is told. It is kept by
 * number, shown to nobody outside the county and town offices, and no reason to refuse ordinary service. 三(八)2–3
 */
@Injectable()
export class EnterConstraint {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
  ) {}

  execute(actor: Actor, { requestId, ...body }: EnterConstraintInput): Promise<ConstraintEntered> {
    return this.work.once({ actor, operation: 'constraint.enter', requestId, body }, async (tx) => {
      const { subjectId, legalBasis, documentSha256, ...input } = entering.parse(body);
      const { legalBases, longestYears } = repairRulesOn(tx.today).registers;
      if (legalBases[legalBasis] === undefined) throw new Problem('input.invalid', {}, [{ path: 'legalBasis', message: `列入须有法律依据：${Object.entries(legalBases).map(([code, zh]) => `${code} ${zh}`).join('、')}` }]);
      const lastDay = plainDate(input.lastDay);
      const longest = addMonths(tx.today, 12 * longestYears);
      if (lastDay < tx.today || lastDay > longest) throw new Problem('input.invalid', {}, [{ path: 'lastDay', message: `到期之日须在 ${tx.today} 与 ${longest} 之间` }]);
      const [result] = await new ResultStore(tx).newestOf([subjectId]);
      if (!result) throw new Problem('not-found', { subjectId });
      const { villageCode } = result;
      actor.require('constraint.enter', villageCode);
      const file = (await this.peers.all(archivesReads.ratingFiles, { villageCode })).find((one) => one.subjectId === subjectId);
      if (!file) throw new Problem('not-found', { subjectId });
      const constraintId = newId();
      await new ConstraintStore(tx).enter({ constraintId, subjectId, subjectNo: file.subjectNo, villageCode, legalBasis, documentSha256, lastDay });
      await tx.outbox.append('notification.requested', { owner: 'rating', template: 'constraint-entered', key: constraintId, divisionCode: villageCode, subjectId, role: null, publicationId: null });
      await tx.audit.record('constraint.entered', constraintId, { subjectId, legalBasis, lastDay });
      return { constraintId, lastDay };
    });
  }
}
