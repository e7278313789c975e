import type { EventData } from '@credit/contracts';
import { Hears, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ObjectionStore } from './objection.store';

/** 更正答复 — what the archives found is kept beside the objection, and whoever objected is told. */
@Injectable()
export class CorrectionProcessor {
  @Hears('correction.answered')
  async answered({ objectionId, outcome, answeredOn }: EventData<'correction.answered'>, tx: Tx): Promise<void> {
    const objection = await new ObjectionStore(tx).noteCorrection(objectionId, outcome, answeredOn);
    if (!objection) return;
    await tx.outbox.append('notification.requested', {
      owner: 'appeals',
      template: 'case-update',
      key: objectionId,
      divisionCode: objection.divisionCode,
      subjectId: objection.applicantId,
      role: null,
      publicationId: null,
    });
    await tx.audit.record('objection.correction-answered', objectionId, { outcome, answeredOn });
  }
}
