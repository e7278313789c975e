import { civilityReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, type Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ObjectionStore } from '../objections/objection.store';
import { type Concerned, recusedMembers } from './panel';
import type { ReconsiderationRow } from './reconsideration.row';

/** 复议的审议小组 — read from civility at the moment it matters: who belongs to it and who must withdraw from this case. */
@Injectable()
export class Deliberation {
  constructor(private readonly peers: InternalClient) {}

  /** The affected household and every applicant are concerned: relatives of either withdraw. 三(三)3 */
  async concerned(tx: Tx, reconsideration: ReconsiderationRow): Promise<Concerned> {
    const applicants = await new ObjectionStore(tx).standing(reconsideration.id);
    const households = new Set([reconsideration.subjectId, ...applicants.map((objection) => objection.applicantId)]);
    const perHousehold = await Promise.all(
      [...households].map((householdId) => this.peers.all(civilityReads.deliberators, { roundId: reconsideration.ownerKey, householdId })),
    );
    return { reconsiderationId: reconsideration.id, households, deliberators: perHousehold.flat() };
  }

  /** Whoever leads the reconsideration withdraws like everybody else. Problem `panel.recused`. */
  requireNotRecused(actor: Actor, concerned: Concerned): void {
    const recused = recusedMembers(concerned);
    const own = concerned.deliberators.some((row) => row.accountId !== null && row.accountId === actor.accountId && recused.has(row.memberId));
    if (own) throw new Problem('panel.recused', { reconsiderationId: concerned.reconsiderationId });
  }
}
