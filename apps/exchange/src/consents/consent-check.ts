import type { SubjectKind } from '@credit/contracts';
import type { ConsentRow } from './consent.row';

export type ConsentVerdict = 'given' | 'consent.missing' | 'consent.revoked';

type Consent = Pick<ConsentRow, 'memberId' | 'fromOn' | 'lastDay' | 'revokedAt'>;

/** Whose consent is needed: each adult of a household; of an entity or collective its own, recorded without a member. */
export function consentNeeded(subjectKind: SubjectKind, adults: readonly string[]): readonly (string | null)[] {
  return subjectKind === 'household' ? adults : [null];
}

function verdictOfOne(memberId: string | null, consents: readonly Consent[], today: string): ConsentVerdict {
  const own = consents.filter((consent) => consent.memberId === memberId);
  if (own.some((consent) => consent.revokedAt === null && consent.fromOn <= today && today <= consent.lastDay)) return 'given';
  return own.some((consent) => consent.revokedAt !== null) ? 'consent.revoked' : 'consent.missing';
}

/**
 * 授权是否齐备 — on this day, from everybody concerned. A household without a known adult has nobody who could consent.
 * `consent.revoked` only when a revocation is the one thing that stands in the way. 三(七)1
 */
export function consentVerdict(needed: readonly (string | null)[], consents: readonly Consent[], today: string): ConsentVerdict {
  const verdicts = needed.map((memberId) => verdictOfOne(memberId, consents, today));
  if (verdicts.length === 0 || verdicts.includes('consent.missing')) return 'consent.missing';
  return verdicts.includes('consent.revoked') ? 'consent.revoked' : 'given';
}
