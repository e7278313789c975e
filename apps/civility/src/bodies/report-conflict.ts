import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStore } from '../rounds/round.store';
import { BodyStore } from './body.store';
import { kindOf, relations } from './declare-ties';
import { TieStore } from './tie.store';

const reporting = z.object({
  memberId: z.uuid(),
  householdId: z.uuid(),
  relation: z.enum([...relations.kin, ...relations.conflict]),
  note: z.string().trim().min(4, '请写明应当回避的情形').max(1000, '情形请控制在 1000 字以内'),
});

export type ReportConflictInput = z.input<typeof reporting> & { readonly requestId: string };
export type ReportReceipt = Readonly<{ tieId: string; memberId: string }>;

/** 反映回避情形 — anybody concerned may point out a tie a member did not declare; the chair decides. 三(三)3 [D] */
@Injectable()
export class ReportConflict {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ReportConflictInput): Promise<ReportReceipt> {
    return this.work.once({ actor, operation: 'recusal.report', requestId, body }, async (tx) => {
      const input = reporting.parse(body);
      const present = await new BodyStore(tx).ofMember(input.memberId);
      const rounds = new RoundStore(tx);
      const round = await rounds.get(present.roundId);
      if (actor.kind === 'account') actor.require('recusal.report', round.villageCode);
      else await rounds.household(round.id, actor.villager?.householdId ?? '');
      await rounds.household(round.id, input.householdId);
      const seal = await this.vault.sealFor(tx, input.householdId);
      const tie = { householdId: input.householdId, kind: kindOf(input.relation), relation: input.relation };
      const note = seal.seal(input.note, ['tie', `${input.memberId}/${input.householdId}/${input.relation}`, 'note']);
      const [tieId] = await new TieStore(tx).add(round.id, input.memberId, [tie], 'reported', note);
      if (tieId === undefined) throw new Problem('recusal.decided', { memberId: input.memberId, householdId: input.householdId });
      await tx.audit.record('recusal.reported', tieId, { roundId: round.id, memberId: input.memberId });
      return { tieId, memberId: input.memberId };
    });
  }
}
