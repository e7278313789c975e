import type { Tx } from '@credit/platform';

export type QueryOutcome = 'answered' | 'consent.missing' | 'consent.revoked';

export interface QueryLine {
  readonly id: string;
  readonly clientId: string;
  readonly subjectId: string | null;
  readonly divisionCode: string | null;
  readonly purpose: string;
  readonly outcome: QueryOutcome;
  readonly ratingId: string | null;
}

export interface LoggedQuery extends QueryLine {
  readonly askedAt: Date;
}

const shownPerHousehold = 200;
const columns = `id, client_id AS "clientId", subject_id AS "subjectId", division_code AS "divisionCode", purpose, outcome, rating_id AS "ratingId", asked_at AS "askedAt"`;

/** All SQL of the query log: lines are added and read, never changed. */
export class QueryLogStore {
  constructor(private readonly tx: Tx) {}

  async append(lines: readonly QueryLine[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO query_log (id, client_id, subject_id, division_code, purpose, outcome, rating_id, asked_at)
       SELECT id, "clientId", "subjectId", "divisionCode", purpose, outcome, "ratingId", $2
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, "clientId" uuid, "subjectId" uuid, "divisionCode" text, purpose text, outcome text, "ratingId" uuid)`,
      [JSON.stringify(lines), this.tx.now],
    );
  }

  /** The newest lines of each household. */
  ofSubjects(subjectIds: readonly string[]): Promise<LoggedQuery[]> {
    return this.tx.manager.query(
      `SELECT q.* FROM unnest($1::uuid[]) AS s(id) CROSS JOIN LATERAL
         (SELECT ${columns} FROM query_log WHERE subject_id = s.id ORDER BY query_log.id DESC LIMIT $2) q`,
      [subjectIds, shownPerHousehold],
    );
  }

  /** Newest first, within the divisions of the reader; questions about nobody known belong to the county. */
  list(scopes: readonly string[], clientId: string | null, before: string | null, limit: number): Promise<LoggedQuery[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM query_log WHERE (division_code IS NULL OR division_code LIKE ANY($1)) AND ($2::uuid IS NULL OR client_id = $2) AND ($3::uuid IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $4`,
      [scopes.map((scope) => `${scope}%`), clientId, before, limit],
    );
  }
}
