import type { Tx } from '@credit/platform';
import type { Subject } from '../subjects/subject.store';

const columns = `s.subject_id AS "subjectId", s.kind, s.subject_no AS "subjectNo", s.village_code AS "villageCode", s.group_code AS "groupCode", s.registered_name AS "registeredName", s.excluded_reason AS "excludedReason"`;

/** All SQL of searching. */
export class SearchStore {
  constructor(private readonly tx: Tx) {}

  /** The next households whose tokens are to be made; several workers share them. */
  async takeDue(limit: number): Promise<string[]> {
    const [rows] = await this.tx.manager.query<[{ id: string }[]]>(
      'DELETE FROM search_due WHERE subject_id IN (SELECT subject_id FROM search_due ORDER BY subject_id LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING subject_id AS id',
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  async replace(tokens: readonly { subjectId: string; tokens: readonly string[] }[]): Promise<void> {
    await this.tx.manager.query('DELETE FROM search_token WHERE subject_id = ANY($1)', [tokens.map(({ subjectId }) => subjectId)]);
    await this.tx.manager.query(
      `INSERT INTO search_token (token, subject_id) SELECT token, "subjectId" FROM jsonb_to_recordset($1::jsonb) AS r("subjectId" uuid, tokens jsonb), jsonb_array_elements_text(tokens) AS token ON CONFLICT DO NOTHING`,
      [JSON.stringify(tokens)],
    );
  }

  async villagesIn(scopes: readonly string[]): Promise<string[]> {
    const rows = await this.tx.manager.query<{ code: string }[]>(
      `SELECT code FROM division WHERE level = 'village' AND EXISTS (SELECT 1 FROM unnest($1::text[]) AS scope WHERE code LIKE left(scope, 12) || '%')`,
      [scopes],
    );
    return rows.map(({ code }) => code);
  }

  /** Households that have one token of every group, in the reader's divisions, by number. */
  async find(groups: readonly (readonly string[])[], scopes: readonly string[], after: string | null, limit: number): Promise<Subject[]> {
    const matching = groups.map((_, index) => `SELECT DISTINCT subject_id FROM search_token WHERE token = ANY($${index + 4})`).join(' INTERSECT ');
    return this.tx.manager.query(
      `SELECT ${columns} FROM subject s JOIN (${matching}) m USING (subject_id)
       WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS scope WHERE s.group_code LIKE scope || '%') AND ($2::text IS NULL OR s.subject_no > $2) ORDER BY s.subject_no LIMIT $3`,
      [scopes, after, limit, ...groups],
    );
  }
}
