import { Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ObjectionStore } from '../objections/objection.store';
import { openStates } from './open-states';
import { ReconsiderationStore } from './reconsideration.store';

const statement = z.object({
  objectionId: z.uuid(),
  heard: z.enum(['applicant', 'affected-household', 'scorer']),
  appeared: z.boolean(),
  text: z.string().trim().min(2, '请写明陈述要点；未到场的写明通知方式和次数').max(4000, '陈述要点请控制在 4000 字以内'),
  heardOn: z.iso.date(),
});

export type StatementInput = z.input<typeof statement> & { readonly requestId: string };

export type HearingReceipt = Readonly<{ hearingId: string; reconsiderationId: string; heard: string }>;

/** 听取陈述 — before the decision; applicant and affected household are heard and do not decide. 三(三)3 */
@Injectable()
export class RecordHearing {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, request: StatementInput): Promise<HearingReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'reconsideration.record-hearing', requestId, body }, async (tx) => {
      const input = statement.parse(body);
      const { objection, reconsideration } = await new ObjectionStore(tx).lock(input.objectionId);
      actor.require(`objection.decide-${objection.owner}`, objection.divisionCode);
      if (!reconsideration || objection.state !== 'admitted' || !openStates.includes(reconsideration.state)) {
        throw new Problem('objection.ended', { objectionId: objection.id });
      }
      if (input.heardOn > tx.today || input.heardOn < objection.receivedOn) {
        throw new Problem('input.invalid', {}, [{ path: 'heardOn', message: `听取陈述的日期须在收到异议的 ${objection.receivedOn} 至今天之间` }]);
      }
      const id = newId();
      const seal = await this.vault.sealFor(tx, reconsideration.subjectId);
      await new ReconsiderationStore(tx).insertHearing({
        id,
        reconsiderationId: reconsideration.id,
        heard: input.heard,
        householdId: input.heard === 'applicant' ? objection.applicantId : input.heard === 'affected-household' ? reconsideration.subjectId : null,
        appeared: input.appeared,
        statement: seal.seal(input.text, ['hearing', id, 'statement']),
        heardOn: input.heardOn,
        recordedBy: actor.principal,
      });
      await tx.audit.record('reconsideration.heard', reconsideration.id, { hearingId: id, heard: input.heard, appeared: input.appeared, heardOn: input.heardOn });
      return { hearingId: id, reconsiderationId: reconsideration.id, heard: input.heard };
    });
  }
}
