import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 待复核 — facts under a valid certificate changed after it was given. */
export interface Recheck {
  readonly ratingId: string;
  readonly subjectId: string;
  readonly villageCode: string;
  readonly grade: string;
  readonly causes: readonly string[];
  readonly notedOn: PlainDate;
}

/** All SQL of the worklist. */
export class RecheckStore {
  constructor(private readonly tx: Tx) {}

  /** One row per certificate, in the order of subjects. */
  page(scopes: readonly string[], after: string | null, limit: number): Promise<Recheck[]> {
    return this.tx.manager.query(
      `SELECT r.rating_id AS "ratingId", r.subject_id AS "subjectId", r.village_code AS "villageCode", r.grade,
         array_agg(DISTINCT c.cause ORDER BY c.cause) AS causes, min(c.noted_on) AS "notedOn"
       FROM recheck c JOIN rating r ON r.subject_id = c.subject_id AND r.state = 'certified' AND r.last_day >= $2 AND r.certified_on <= c.noted_on
       WHERE c.settled_on IS NULL AND r.village_code LIKE ANY($1) AND ($3::uuid IS NULL OR r.subject_id > $3::uuid)
       GROUP BY r.rating_id ORDER BY r.subject_id LIMIT $4`,
      [scopes.map((scope) => `${scope}%`), this.tx.today, after, limit],
    );
  }

  /** Returns how many notes of the subject were open. */
  async settle(subjectId: string): Promise<number> {
    const rows = await this.tx.manager.query<[unknown[], number]>('UPDATE recheck SET settled_on = $2, settled_by = $3 WHERE subject_id = $1 AND settled_on IS NULL', [subjectId, this.tx.today, this.tx.actor.principal]);
    return rows[1];
  }
}
