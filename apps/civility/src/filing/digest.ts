import { createHash } from 'node:crypto';
import type { RoundRow } from '../rounds/round.row';
import type { PresentScore } from '../scores/score.store';

/**
 * 备案摘要 — SHA-256 over the set in one fixed form: a line for the round, then a line per household in the order of their ids,
 * so that anybody holding the set can compute it again.
 */
export function digestOf(round: Pick<RoundRow, 'id' | 'villageCode' | 'year' | 'referenceDay' | 'listVersionId'>, rows: readonly PresentScore[]): string {
  const head = [round.id, round.villageCode, round.year, round.referenceDay, round.listVersionId].join('|');
  const lines = rows
    .map(({ householdId, groupCode, hundredths, vetoed, version }) => [householdId, groupCode, hundredths, vetoed, version].join('|'))
    .toSorted();
  return createHash('sha256').update([head, ...lines].join('\n')).digest('hex');
}
