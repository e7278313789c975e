import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 红榜 row. */
export interface Honoured {
  readonly subjectId: string;
  readonly villageCode: string;
  readonly grade: string;
  readonly lastDay: PlainDate;
  readonly givenOn: PlainDate;
}

/** All SQL of the honour list. */
export class HonourStore {
  constructor(private readonly tx: Tx) {}

  /** Problem `honour.consented` while a consent stands. */
  async give(consentId: string, subjectId: string, villageCode: string, scanSha256: string | null): Promise<void> {
    const added = await this.tx.manager.query<unknown[]>(
      'INSERT INTO honour_consent (consent_id, subject_id, village_code, scan_sha256, given_by, given_on) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING 1',
      [consentId, subjectId, villageCode, scanSha256, this.tx.actor.principal, this.tx.today],
    );
    if (added.length === 0) throw new Problem('honour.consented', { subjectId });
  }

  /** Problem `not-found` without a consent that stands. */
  async withdraw(subjectId: string): Promise<string> {
    const [rows] = await this.tx.manager.query<[{ consentId: string }[], number]>(
      'UPDATE honour_consent SET withdrawn_by = $2, withdrawn_on = $3 WHERE subject_id = $1 AND withdrawn_on IS NULL RETURNING consent_id AS "consentId"',
      [subjectId, this.tx.actor.principal, this.tx.today],
    );
    if (!rows[0]) throw new Problem('not-found', { subjectId });
    return rows[0].consentId;
  }

  /** Whoever consented and holds a valid certificate of A or above today. */
  page(scopes: readonly string[], after: string | null, limit: number): Promise<Honoured[]> {
    return this.tx.manager.query(
      `SELECT r.subject_id AS "subjectId", r.village_code AS "villageCode", r.grade, r.last_day AS "lastDay", h.given_on AS "givenOn"
       FROM honour_consent h JOIN rating r ON r.subject_id = h.subject_id AND r.state = 'certified' AND r.credit_subject AND r.last_day >= $2
       WHERE h.withdrawn_on IS NULL AND r.village_code LIKE ANY($1) AND ($3::uuid IS NULL OR r.subject_id > $3::uuid) ORDER BY r.subject_id LIMIT $4`,
      [scopes.map((scope) => `${scope}%`), this.tx.today, after, limit],
    );
  }
}
