import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 不良事实 of a subject: which value of which item, by keyed hash, and the last day on which it counts. */
export interface AdverseFactLimit {
  readonly subjectId: string;
  readonly item: string;
  readonly valueHash: string;
  readonly endedOn: PlainDate;
  readonly countsUntil: PlainDate;
}

/** All SQL of what counts against a subject and until when. */
export class AdverseFactStore {
  constructor(private readonly tx: Tx) {}

  /** A fact that ended later than one known before with the same value is another fact. */
  async record(fact: AdverseFactLimit): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO adverse_fact (subject_id, item, value_hash, ended_on, counts_until) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (subject_id, item, value_hash) DO UPDATE SET ended_on = EXCLUDED.ended_on, counts_until = EXCLUDED.counts_until, counts_again_by = NULL WHERE EXCLUDED.ended_on > adverse_fact.ended_on`,
      [fact.subjectId, fact.item, fact.valueHash, fact.endedOn, fact.countsUntil],
    );
  }

  /** The repaired fact counts no longer after the given day. */
  async countUntil(fact: Pick<AdverseFactLimit, 'subjectId' | 'item' | 'valueHash'>, lastDay: PlainDate): Promise<void> {
    await this.tx.manager.query('UPDATE adverse_fact SET counts_until = least(counts_until, $4) WHERE subject_id = $1 AND item = $2 AND value_hash = $3', [fact.subjectId, fact.item, fact.valueHash, lastDay]);
  }

  /** A new fact of these items: what was left out counts again, because of that regrade. */
  async countAgain(subjectId: string, items: readonly string[], regradeId: string): Promise<void> {
    await this.tx.manager.query('UPDATE adverse_fact SET counts_again_by = $3 WHERE subject_id = $1 AND item = ANY($2) AND counts_again_by IS NULL', [subjectId, items, regradeId]);
  }

  /** The pledge was broken while its observation runs: every fact repaired on it counts again. */
  async countObservedAgain(subjectId: string, regradeId: string): Promise<void> {
    await this.tx.manager.query(
      `UPDATE adverse_fact f SET counts_again_by = $2 WHERE f.subject_id = $1 AND f.counts_again_by IS NULL AND EXISTS (
         SELECT 1 FROM repair r WHERE r.subject_id = f.subject_id AND r.item = f.item AND r.value_hash = f.value_hash AND r.state = 'granted' AND r.observation_last_day >= $3)`,
      [subjectId, regradeId, this.tx.today],
    );
  }

  /** The regrade was dropped: as before. */
  async leaveOutAgain(regradeId: string): Promise<void> {
    await this.tx.manager.query('UPDATE adverse_fact SET counts_again_by = NULL WHERE counts_again_by = $1', [regradeId]);
  }

  /** What does not count today against these subjects; a hash holds for one subject, item and value. */
  leftOut(subjectIds: readonly string[]): Promise<{ valueHash: string }[]> {
    return this.tx.manager.query('SELECT value_hash AS "valueHash" FROM adverse_fact WHERE counts_until < $2 AND counts_again_by IS NULL AND subject_id = ANY($1)', [subjectIds, this.tx.today]);
  }
}
