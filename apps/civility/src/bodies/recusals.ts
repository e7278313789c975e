import { Problem } from '@credit/contracts';
import type { Actor } from '@credit/platform';
import { type BodyRule, type MemberTies, quorum, type RecusalReason, recusalsOf, substitutesFor } from '@credit/policy';

export interface PersonTies extends MemberTies {
  readonly accountId: string | null;
}

export interface Recusal {
  readonly memberId: string;
  readonly householdId: string;
  readonly reasons: readonly RecusalReason[];
}

/** 回避名单 of a round — who must withdraw from which household, from what members declared and chairs decided. 三(三)3 */
export class Recusals {
  private readonly byMember: ReadonlyMap<string, PersonTies>;

  constructor(private readonly ties: readonly PersonTies[]) {
    this.byMember = new Map(ties.map((one) => [one.memberId, one]));
  }

  reasons(memberId: string, householdId: string): RecusalReason[] {
    const ties = this.byMember.get(memberId);
    return ties ? recusalsOf(ties, householdId) : [];
  }

  /** Of these members, those who must withdraw from this household. */
  required(memberIds: readonly string[], householdId: string): string[] {
    return memberIds.filter((memberId) => this.reasons(memberId, householdId).length > 0);
  }

  all(memberIds: readonly string[], householdIds: readonly string[]): Recusal[] {
    return memberIds.flatMap((memberId) =>
      householdIds.flatMap((householdId) => {
        const reasons = this.reasons(memberId, householdId);
        return reasons.length > 0 ? [{ memberId, householdId, reasons }] : [];
      }),
    );
  }

  /** 替补人选 — members of the village's other bodies who are not there and need not withdraw. */
  substitutes(present: readonly string[], householdId: string): string[] {
    return substitutesFor(this.ties, present, householdId);
  }

  /** Households for which even everybody's attendance would be too few. */
  withoutQuorum(rule: BodyRule, memberIds: readonly string[], householdIds: readonly string[]): string[] {
    return householdIds.filter((householdId) => !quorum(rule, { members: memberIds, present: memberIds, withdrawn: this.required(memberIds, householdId) }).met);
  }

  /** Households that this account neither sees nor marks. */
  ofAccount(accountId: string | null, householdIds: readonly string[]): string[] {
    const own = accountId === null ? [] : this.ties.filter((one) => one.accountId === accountId);
    return householdIds.filter((householdId) => own.some((one) => recusalsOf(one, householdId).length > 0));
  }

  /** Problem `recusal.required` when the one who acts is a member who must withdraw from one of these. */
  requireFree(actor: Actor, householdIds: readonly string[]): void {
    const recused = this.ofAccount(actor.accountId, householdIds);
    if (recused.length > 0) throw new Problem('recusal.required', { householdIds: recused });
  }
}
