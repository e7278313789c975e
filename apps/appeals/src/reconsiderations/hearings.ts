import { Problem } from '@credit/contracts';
import type { ObjectionRow } from '../objections/objection.row';
import type { HearingRow } from './hearing.row';
import type { ReconsiderationRow } from './reconsideration.row';

/**
 * 先听取陈述 — nobody's score is decided on before the affected household and every applicant were heard, or were invited and did
 * not come; on a list, only whom somebody else objected to. Problem `panel.not-heard` with who is missing. 三(三)3 [D]
 */
export function requireHeard({ id, owner, subjectId }: ReconsiderationRow, standing: readonly ObjectionRow[], hearings: readonly HearingRow[]): void {
  const others = standing.map((objection) => objection.applicantId).filter((applicantId) => applicantId !== subjectId);
  const wanted = owner === 'civility' ? [subjectId, ...others] : others.length > 0 ? [subjectId] : [];
  const missing = [...new Set(wanted)].filter((householdId) => !hearings.some((hearing) => hearing.householdId === householdId));
  if (missing.length > 0) throw new Problem('panel.not-heard', { reconsiderationId: id, householdIds: missing });
}
