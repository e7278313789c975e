import { Problem } from '@credit/contracts';
import { divisionPrefix, isWithin } from '@credit/policy';

/** 任职 held today. */
export interface HeldPost {
  readonly postId: string;
  readonly role: string;
  readonly divisionCode: string;
  readonly organisation: string | null;
}

type Grants = (role: string, action: string) => boolean;

/**
 * 办理人 — who acts: a person holding posts today, a villager, a bank or the province, another service, or the system. What
 * they may do is asked of the access table by action and division; everything not granted is refused.
 */
export class Actor {
  constructor(
    readonly kind: 'account' | 'villager' | 'client' | 'service' | 'system' | 'anonymous',
    /** Account, member or client id; null for a service or the system. */
    readonly accountId: string | null,
    readonly posts: readonly HeldPost[] = [],
    private readonly grants: Grants = () => false,
    readonly villager: { readonly householdId: string; readonly memberId: string } | null = null,
    readonly name: string | null = null,
    /** What the caller's token was given for; only clients are bound by it beyond the door. */
    readonly scopes: readonly string[] = [],
  ) {}

  /** The stable text that stands for the actor in audit lines and idempotency keys. */
  get principal(): string {
    return `${this.kind}:${this.accountId ?? this.name ?? 'self'}`;
  }

  private postsFor(action: string): readonly HeldPost[] {
    return this.posts.filter((post) => this.grants(post.role, action));
  }

  /** Whether the action is granted anywhere at all: what the guard at the door asks. */
  mayAnywhere(action: string): boolean {
    if (this.kind === 'account') return this.postsFor(action).length > 0;
    return this.grants(this.kind, action);
  }

  may(action: string, divisionCode: string): boolean {
    return this.postsFor(action).some((post) => isWithin(post.divisionCode, divisionCode));
  }

  /** Throws `access.denied` or `access.outside-division`; to be asked again where the division of the case is known. */
  require(action: string, divisionCode: string): void {
    if (!this.mayAnywhere(action)) throw new Problem('access.denied', { action });
    if (this.kind === 'account' && !this.may(action, divisionCode)) throw new Problem('access.outside-division', { action, divisionCode });
  }

  /** Prefixes of the divisions in which the action is granted, for `LIKE ANY` in list queries. */
  scopesFor(action: string): string[] {
    return [...new Set(this.postsFor(action).map((post) => divisionPrefix(post.divisionCode)))];
  }

  holds(role: string, divisionCode: string): boolean {
    return this.posts.some((post) => post.role === role && isWithin(post.divisionCode, divisionCode));
  }
}

/** The system itself, or the system on behalf of the person whose act a message tells of. */
export function systemActor(accountId: string | null = null): Actor {
  return new Actor('system', accountId);
}

export const anonymous = new Actor('anonymous', null);
