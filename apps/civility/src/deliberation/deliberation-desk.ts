import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, RULES, type Rules, type Tx } from '@credit/platform';
import { quorum, type RoundState } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { type Body, BodyStore } from '../bodies/body.store';
import type { Recusals } from '../bodies/recusals';
import { TieStore } from '../bodies/tie.store';
import type { RoundRow } from '../rounds/round.row';
import { RoundStore } from '../rounds/round.store';
import { type Examined, type Sitting, SittingStore } from './sitting.store';

const deliberatedIn: readonly RoundState[] = ['deliberating', 'returned'];

/** The table the deliberation group sits at, as it stands at this moment. */
export interface Seats {
  readonly round: RoundRow;
  readonly body: Body;
  readonly sitting: Sitting;
  readonly recusals: Recusals;
}

/** 审议席 — who sits there, who chairs, and whether those left may decide on a household. 三(三)2, 三(三)3 */
@Injectable()
export class DeliberationDesk {
  constructor(@Inject(RULES) private readonly rules: Rules) {}

  /** The deliberation in progress, locked. */
  async seatsOf(tx: Tx, actor: Actor, roundId: string): Promise<Seats> {
    const round = await new RoundStore(tx).lock(roundId);
    actor.require('deliberation.examine', round.villageCode);
    if (!deliberatedIn.includes(round.state)) throw new Problem('state.illegal-move', { state: round.state });
    const sitting = await new SittingStore(tx).latest(roundId);
    return { round, sitting, body: await new BodyStore(tx).byId(sitting.bodyId), recusals: await new TieStore(tx).recusals(roundId) };
  }

  /**
   * Records that the sitting examined these households, each by members enough and free. Problems: `recusal.required`,
   * `deliberation.chair-only`, `recusal.missing`, `deliberation.no-quorum`.
   */
  async examine(tx: Tx, actor: Actor, seats: Seats, rows: readonly Examined[]): Promise<void> {
    const known = new Set((await new RoundStore(tx).households(seats.round.id)).map(({ householdId }) => householdId));
    const unknown = rows.filter(({ householdId }) => !known.has(householdId));
    if (unknown.length > 0) throw new Problem('input.invalid', {}, unknown.map(({ householdId }) => ({ path: 'rows', message: `${householdId} 不在这一轮评议的农户名册中` })));
    seats.recusals.requireFree(actor, rows.map(({ householdId }) => householdId));
    if (!rows.every(({ householdId }) => this.mayChair(actor, seats, householdId))) throw new Problem('deliberation.chair-only', { roundId: seats.round.id });
    const missing = rows.flatMap((row) => this.missingRecusals(seats, row));
    if (missing.length > 0) throw new Problem('recusal.missing', { roundId: seats.round.id }, missing);
    const short = rows.flatMap((row) => this.shortOf(seats, row));
    if (short.length > 0) throw new Problem('deliberation.no-quorum', { roundId: seats.round.id }, short);
    await new SittingStore(tx).examine(seats.sitting, rows);
  }

  /** The village party secretary chairs; a cadre only for households from which the secretary must withdraw. */
  mayChair(actor: Actor, { round, body, recusals }: Seats, householdId: string): boolean {
    if (recusals.ofAccount(actor.accountId, [householdId]).length > 0) return false;
    if (actor.holds('village-secretary', round.villageCode)) return true;
    const secretary = body.members.find(({ capacity }) => capacity === 'party-secretary');
    return secretary !== undefined && recusals.required([secretary.memberId], householdId).length > 0;
  }

  private missingRecusals({ sitting, recusals }: Seats, { householdId, withdrawn }: Examined): InputFault[] {
    return recusals
      .required(sitting.present, householdId)
      .filter((memberId) => !withdrawn.includes(memberId))
      .map((memberId) => ({ path: 'withdrawnMemberIds', message: `成员 ${memberId} 须对 ${householdId} 户回避` }));
  }

  private shortOf({ body, sitting, recusals }: Seats, { householdId, withdrawn }: Examined): InputFault[] {
    const members = body.members.map(({ memberId }) => memberId);
    const verdict = quorum(this.rules.bodies['deliberation-group'], { members, present: sitting.present, withdrawn, substitutes: sitting.present });
    if (verdict.met) return [];
    const others = recusals.substitutes(sitting.present, householdId);
    return [{ path: 'withdrawnMemberIds', message: `${householdId} 户：须 ${verdict.needed} 人审议，还差 ${verdict.missing} 人；可请到会：${others.length > 0 ? others.join('、') : '无，请增补成员'}` }];
  }
}
