import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import type { VillageChange } from './household-change';

export interface Successor {
  readonly code: string;
  readonly name: string;
  readonly successorCode: string;
  readonly successorName: string;
  readonly fromOn: PlainDate;
}

/** Work that is still open goes on in the new village; what is done stays where it was done. */
const openWork = [
  `UPDATE collection_task SET village_code = $2 WHERE village_code = $1 AND state = 'open'`,
  'UPDATE collection_conflict SET village_code = $2 WHERE village_code = $1 AND resolution IS NULL',
  'UPDATE need SET village_code = $2 WHERE village_code = $1 AND answered_on IS NULL',
  'UPDATE erasure_request SET village_code = $2 WHERE village_code = $1 AND outcome IS NULL',
] as const;

/** 并村 */
export class MergerStore {
  constructor(private readonly tx: Tx) {}

  /** Groups in which somebody is registered. */
  async groupsOf(villageCode: string): Promise<string[]> {
    const rows = await this.tx.manager.query<{ code: string }[]>(`SELECT DISTINCT group_code AS code FROM subject WHERE village_code = $1 AND kind = 'household' AND closed_on IS NULL AND erased_on IS NULL`, [villageCode]);
    return rows.map(({ code }) => code);
  }

  /** Which of the villages and groups are continued by others: nobody is registered there any more. */
  async succeeded(codes: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.tx.manager.query<{ code: string }[]>('SELECT code FROM division_successor WHERE code = ANY($1)', [codes]);
    return new Set(rows.map(({ code }) => code));
  }

  /** Every household gets the next numbers of its new group and keeps the old one as a former number; organisations go to the village. */
  async rehomeAll({ villageCode, successorCode, groups }: VillageChange, on: PlainDate): Promise<string[]> {
    const { manager } = this.tx;
    const [rows] = await manager.query<[{ id: string }[]]>(
      `WITH g AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS r("groupCode" text, "newGroupCode" text)),
       last AS (SELECT g."newGroupCode" AS code, coalesce(max(right(n.subject_no, 4)::int), 0) AS no FROM g
         LEFT JOIN (SELECT subject_no FROM subject UNION ALL SELECT subject_no FROM former_number) n ON n.subject_no LIKE 'H' || g."newGroupCode" || '%' GROUP BY 1),
       moving AS (SELECT s.subject_id, s.subject_no, l.code, 'H' || l.code || lpad((l.no + row_number() OVER (PARTITION BY l.code ORDER BY s.subject_no))::text, 4, '0') AS new_no
         FROM subject s JOIN g ON g."groupCode" = s.group_code JOIN last l ON l.code = g."newGroupCode" WHERE s.kind = 'household' AND s.closed_on IS NULL AND s.erased_on IS NULL),
       kept AS (INSERT INTO former_number (subject_no, subject_id, until_on) SELECT subject_no, subject_id, $2 FROM moving)
       UPDATE subject s SET subject_no = m.new_no, group_code = m.code, village_code = left(m.code, 12) FROM moving m WHERE s.subject_id = m.subject_id RETURNING s.subject_id AS id`,
      [JSON.stringify(groups), on],
    );
    await manager.query(`UPDATE subject SET village_code = $2, group_code = $2 WHERE village_code = $1 AND kind <> 'household'`, [villageCode, successorCode]);
    for (const work of openWork) await manager.query(work, [villageCode, successorCode]);
    await manager.query(
      `UPDATE correction_request c SET group_code = g."newGroupCode" FROM jsonb_to_recordset($1::jsonb) AS g("groupCode" text, "newGroupCode" text)
       WHERE c.group_code = g."groupCode" AND c.outcome IS NULL AND c.ended_on IS NULL`,
      [JSON.stringify(groups)],
    );
    return rows.map(({ id }) => id);
  }

  async insertSuccessors(eventId: string, pairs: readonly { code: string; successorCode: string }[], on: PlainDate): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO division_successor (code, successor_code, from_on, event_id) SELECT code, "successorCode", $2, $3 FROM jsonb_to_recordset($1::jsonb) AS r(code text, "successorCode" text)`,
      [JSON.stringify(pairs), on, eventId],
    );
  }

  async insertParties(eventId: string, householdIds: readonly string[]): Promise<void> {
    await this.tx.manager.query(`INSERT INTO household_event_party (household_id, event_id, side) SELECT unnest($1::uuid[]), $2, 'from'`, [householdIds, eventId]);
  }

  /** 沿革 of the divisions of a prefix, old and new. */
  successors(under: string, after: string | null, limit: number): Promise<Successor[]> {
    return this.tx.manager.query(
      `SELECT s.code, o.name, s.successor_code AS "successorCode", n.name AS "successorName", s.from_on AS "fromOn"
       FROM division_successor s JOIN division o ON o.code = s.code JOIN division n ON n.code = s.successor_code
       WHERE (s.code LIKE $1 || '%' OR s.successor_code LIKE $1 || '%') AND ($2::text IS NULL OR s.code > $2) ORDER BY s.code LIMIT $3`,
      [under, after, limit],
    );
  }
}
