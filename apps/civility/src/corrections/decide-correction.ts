import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStore } from '../rounds/round.store';
import { AnnounceFinal } from '../scores/announce-final';
import { ScoreStore } from '../scores/score.store';
import { CorrectionStore } from './correction.store';

const deciding = z.object({ correctionId: z.uuid(), approved: z.boolean(), note: z.string().trim().min(4, '请写明意见').max(1000) });

export type DecideCorrectionInput = z.input<typeof deciding> & { readonly requestId: string };
export type CorrectionDecision = Readonly<{ correctionId: string; approved: boolean; version: number | null }>;

/**
 * 审核更正 — by the town party committee, another person than the one who asked. Approved, the score gets a version that names
 * the correction beside the filed one; the household is told and the outcome hangs its time before it is final. 三(三)3 [D]
 */
@Injectable()
export class DecideCorrection {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly announce: AnnounceFinal,
  ) {}

  execute(actor: Actor, { requestId, ...body }: DecideCorrectionInput): Promise<CorrectionDecision> {
    return this.work.once({ actor, operation: 'correction.decide', requestId, body }, async (tx) => {
      const input = deciding.parse(body);
      const corrections = new CorrectionStore(tx);
      const round = await new RoundStore(tx).lock((await corrections.get(input.correctionId)).roundId);
      const correction = await corrections.get(input.correctionId);
      const { id, roundId, householdId, hundredths, vetoed, sheetId } = correction;
      actor.require('correction.decide', round.villageCode);
      if (correction.approved !== null) throw new Problem('correction.decided', { correctionId: id });
      if (correction.requestedBy === actor.principal) throw new Problem('correction.same-person', { correctionId: id });
      const seal = await this.vault.sealFor(tx, householdId);
      await corrections.decide(id, input.approved, seal.seal(input.note, ['correction', id, 'note']));
      await tx.audit.record('correction.decided', id, { roundId, householdId, approved: input.approved });
      if (!input.approved) return { correctionId: id, approved: false, version: null };

      const scores = new ScoreStore(tx);
      const present = await scores.present(roundId, householdId);
      if (present?.version !== correction.baseVersion) throw new Problem('conflict.changed', { correctionId: id });
      const reason = seal.seal(seal.open(correction.reason, ['correction', id, 'reason']), ['score', `${roundId}/${householdId}/${present.version + 1}`, 'reason']);
      const version = await scores.add({ roundId, householdId, hundredths, vetoed, cause: 'correction', sheetId, objectionId: null, correctionId: id, reason });
      await tx.outbox.append('publication.requested', { kind: 'publication.correction', owner: 'civility', key: id, divisionCode: round.villageCode });
      await tx.outbox.append('notification.requested', { owner: 'civility', template: 'score-corrected', key: id, divisionCode: round.villageCode, subjectId: householdId, role: null, publicationId: null });
      await this.announce.round(tx, roundId);
      return { correctionId: id, approved: true, version: version ?? null };
    });
  }
}
