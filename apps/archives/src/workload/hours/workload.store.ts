import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 工时 one person logged. */
export interface WorkSession {
  readonly sessionId: string;
  readonly villageCode: string;
  readonly accountId: string;
  readonly kind: string;
  readonly workedOn: PlainDate;
  readonly minutes: number;
  readonly cancelledOn: PlainDate | null;
}

/** 一村的工时 of a kind: `logged` as people say, `derived` from the first and last record of each person's day. */
export interface VillageHours {
  readonly villageCode: string;
  readonly kind: string;
  readonly origin: 'logged' | 'derived';
  readonly minutes: number;
  readonly people: number;
  readonly personDays: number;
}

export interface VillageValues {
  readonly villageCode: string;
  readonly villageName: string;
  readonly loaded: number;
  readonly typed: number;
}

export interface DerivedLimits {
  readonly leastMinutes: number;
  readonly mostMinutes: number;
}

const columns = 'session_id AS "sessionId", village_code AS "villageCode", account_id AS "accountId", kind, worked_on AS "workedOn", minutes, cancelled_on AS "cancelledOn"';

/** All SQL of what the work costs. 四(三) */
export class WorkloadStore {
  constructor(private readonly tx: Tx) {}

  /** Minutes a person has logged for a day; nobody else logs for that person and day until the end of the transaction. */
  async lockDay(accountId: string, workedOn: PlainDate): Promise<number> {
    await this.tx.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`work-session ${accountId} ${workedOn}`]);
    const [row] = await this.tx.manager.query<[{ minutes: number }]>('SELECT coalesce(sum(minutes), 0)::int AS minutes FROM work_session WHERE account_id = $1 AND worked_on = $2 AND cancelled_on IS NULL', [accountId, workedOn]);
    return row.minutes;
  }

  async insert(session: Omit<WorkSession, 'cancelledOn'>): Promise<void> {
    await this.tx.manager.query('INSERT INTO work_session (session_id, village_code, account_id, kind, worked_on, minutes, recorded_on) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
      session.sessionId,
      session.villageCode,
      session.accountId,
      session.kind,
      session.workedOn,
      session.minutes,
      this.tx.today,
    ]);
  }

  async lock(sessionId: string): Promise<WorkSession> {
    const [row] = await this.tx.manager.query<WorkSession[]>(`SELECT ${columns} FROM work_session WHERE session_id = $1 FOR UPDATE`, [sessionId]);
    if (!row) throw new Problem('not-found', { sessionId });
    return row;
  }

  async cancel(sessionId: string): Promise<void> {
    await this.tx.manager.query('UPDATE work_session SET cancelled_on = $2 WHERE session_id = $1', [sessionId, this.tx.today]);
  }

  ofPerson(accountId: string, after: readonly string[] | null, limit: number): Promise<WorkSession[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM work_session WHERE account_id = $1 AND ($2::date IS NULL OR (worked_on, session_id) < ($2, $3::uuid)) ORDER BY worked_on DESC, session_id DESC LIMIT $4`,
      [accountId, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
  }

  /** A person's day in a village counts once: what was logged as collection stands instead of what its records suggest. */
  hours(under: string, fromOn: PlainDate, toOn: PlainDate, { leastMinutes, mostMinutes }: DerivedLimits): Promise<VillageHours[]> {
    return this.tx.manager.query(
      `WITH logged AS (SELECT village_code, account_id, kind, worked_on, minutes FROM work_session WHERE cancelled_on IS NULL AND village_code LIKE $1 AND worked_on BETWEEN $2 AND $3),
       days AS (SELECT s.village_code, r.sent_by, (r.received_at AT TIME ZONE 'Asia/Shanghai')::date AS day, min(r.received_at) AS first_at, max(r.received_at) AS last_at
         FROM collection_record r JOIN subject s USING (subject_id)
         WHERE s.village_code LIKE $1 AND r.received_at >= $2::date::timestamp AT TIME ZONE 'Asia/Shanghai' AND r.received_at < ($3::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' GROUP BY 1, 2, 3),
       derived AS (SELECT village_code, sent_by, day, least(greatest(ceil(extract(epoch FROM last_at - first_at) / 60), $4), $5)::int AS minutes FROM days d
         WHERE NOT EXISTS (SELECT 1 FROM logged l WHERE l.village_code = d.village_code AND l.account_id = d.sent_by AND l.worked_on = d.day AND l.kind = 'collection'))
       SELECT village_code AS "villageCode", kind, 'logged' AS origin, sum(minutes)::int AS minutes, count(DISTINCT account_id)::int AS people, count(DISTINCT (account_id, worked_on))::int AS "personDays" FROM logged GROUP BY 1, 2
       UNION ALL SELECT village_code, 'collection', 'derived', sum(minutes)::int, count(DISTINCT sent_by)::int, count(*)::int FROM derived GROUP BY 1 ORDER BY 1, 2, 3`,
      [`${under}%`, fromOn, toOn, leastMinutes, mostMinutes],
    );
  }

  /** 导入的与录入的数据项, by the day they were stored or collected; a workbook's values were typed by somebody. */
  values(under: string, fromOn: PlainDate, toOn: PlainDate): Promise<VillageValues[]> {
    return this.tx.manager.query(
      `WITH loaded AS (SELECT s.village_code, count(*)::int AS values FROM known_value k JOIN subject s USING (subject_id) WHERE s.village_code LIKE $1 AND k.stored_on BETWEEN $2 AND $3 GROUP BY 1),
       typed AS (SELECT s.village_code, count(*)::int AS values FROM item_value v JOIN subject s USING (subject_id) LEFT JOIN known_value k USING (subject_id, item, version)
         WHERE s.village_code LIKE $1 AND v.collected_on BETWEEN $2 AND $3 AND k.load_id IS NULL GROUP BY 1)
       SELECT d.code AS "villageCode", d.name AS "villageName", coalesce(l.values, 0) AS loaded, coalesce(t.values, 0) AS typed
       FROM division d LEFT JOIN loaded l ON l.village_code = d.code LEFT JOIN typed t ON t.village_code = d.code WHERE d.level = 'village' AND d.code LIKE $1 ORDER BY d.code`,
      [`${under}%`, fromOn, toOn],
    );
  }
}
