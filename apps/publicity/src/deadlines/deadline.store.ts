import type { Service } from '@credit/contracts';
import { cursorOf, type Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 期限 — an alarm for a last day that its owner keeps and decides from. */
export interface Deadline {
  readonly owner: Service;
  readonly kind: string;
  readonly key: string;
  readonly version: number;
  readonly lastDay: string;
}

/** 闹铃 — all deadlines of an owner, a kind and a day ring together. */
export interface Alarm {
  readonly owner: Service;
  readonly kind: string;
  readonly lastDay: PlainDate;
}

export interface DeadlineView extends Deadline {
  readonly rungAt: Date | null;
}

export interface DeadlineFilter {
  readonly owner?: string | undefined;
  readonly kind?: string | undefined;
  readonly after: readonly string[] | null;
  readonly limit: number;
}

/** All SQL of deadlines and their alarms. */
export class DeadlineStore {
  constructor(private readonly tx: Tx) {}

  /**
   * Notes deadlines; the newer version wins, a repeat changes nothing. A new or moved last day sets its alarm again, also one
   * that has rung, so that a deadline heard late still rings.
   */
  async set(deadlines: readonly Deadline[]): Promise<void> {
    await this.tx.manager.query(
      `WITH noted AS (
         INSERT INTO deadline (owner, kind, key, version, last_day)
         SELECT DISTINCT ON (owner, kind, key) owner, kind, key, version, "lastDay"
         FROM jsonb_to_recordset($1::jsonb) AS d(owner text, kind text, key text, version int, "lastDay" date) ORDER BY owner, kind, key, version DESC
         ON CONFLICT (owner, kind, key) DO UPDATE SET version = greatest(deadline.version, EXCLUDED.version), noted_at = clock_timestamp(),
           last_day = CASE WHEN EXCLUDED.version < deadline.version THEN deadline.last_day ELSE EXCLUDED.last_day END
         RETURNING new.owner, new.kind, new.last_day, old.last_day AS before)
       INSERT INTO alarm (owner, kind, last_day)
       SELECT DISTINCT owner, kind, last_day FROM noted WHERE before IS DISTINCT FROM last_day ORDER BY 1, 2, 3
       ON CONFLICT (owner, kind, last_day) DO UPDATE SET rung_at = NULL`,
      [JSON.stringify(deadlines)],
    );
  }

  async clear(owner: string, kind: string, key: string): Promise<void> {
    await this.tx.manager.query('DELETE FROM deadline WHERE owner = $1 AND kind = $2 AND key = $3', [owner, kind, key]);
  }

  /** Takes alarms whose day is over; those another sweep is just taking are left to it. Alarms without a deadline left ring nobody. */
  async takeDue(limit: number): Promise<{ taken: number; alarms: Alarm[] }> {
    const rows = await this.tx.manager.query<(Alarm & { wanted: boolean })[]>(
      `WITH due AS (
         SELECT owner, kind, last_day FROM alarm WHERE rung_at IS NULL AND last_day < $1 ORDER BY last_day LIMIT $2 FOR UPDATE SKIP LOCKED),
       rung AS (
         UPDATE alarm SET rung_at = $3 FROM due WHERE (alarm.owner, alarm.kind, alarm.last_day) = (due.owner, due.kind, due.last_day)
         RETURNING alarm.owner, alarm.kind, alarm.last_day)
       SELECT owner, kind, last_day AS "lastDay", EXISTS (
         SELECT 1 FROM deadline d WHERE (d.owner, d.kind, d.last_day) = (rung.owner, rung.kind, rung.last_day)) AS wanted
       FROM rung ORDER BY last_day, owner, kind`,
      [this.tx.today, limit, this.tx.now],
    );
    return { taken: rows.length, alarms: rows.filter(({ wanted }) => wanted).map(({ owner, kind, lastDay }) => ({ owner, kind, lastDay })) };
  }

  /** Claims today's reconciliation with an owner; false when it has been done or another replica is doing it. */
  async claimReconciliation(owner: Service, anew: boolean): Promise<boolean> {
    await this.tx.manager.query(`INSERT INTO reconciliation (owner, reconciled_on) VALUES ($1, '-infinity') ON CONFLICT DO NOTHING`, [owner]);
    const claimed = await this.tx.manager.query<unknown[]>(
      'SELECT 1 FROM reconciliation WHERE owner = $1 AND (reconciled_on < $2 OR $3) FOR UPDATE SKIP LOCKED',
      [owner, this.tx.today, anew],
    );
    return claimed.length > 0;
  }

  async machineNow(): Promise<string> {
    const [{ now }] = await this.tx.manager.query<[{ now: string }]>('SELECT clock_timestamp()::text AS now');
    return now;
  }

  /** Ends a reconciliation: what the owner no longer holds is dropped, unless it was noted since the owner was asked. */
  async endReconciliation(owner: Service, startedAt: string): Promise<number> {
    const [dropped] = await this.tx.manager.query<[{ count: number }]>(
      `WITH dropped AS (DELETE FROM deadline WHERE owner = $1 AND noted_at < $2::timestamptz RETURNING 1) SELECT count(*)::int AS count FROM dropped`,
      [owner, startedAt],
    );
    await this.tx.manager.query('UPDATE reconciliation SET reconciled_on = $2 WHERE owner = $1', [owner, this.tx.today]);
    return dropped.count;
  }

  /** 期限一览, the nearest first. */
  async list({ owner, kind, after, limit }: DeadlineFilter): Promise<{ rows: DeadlineView[]; nextCursor: string | null }> {
    const rows = await this.tx.manager.query<DeadlineView[]>(
      `SELECT d.owner, d.kind, d.key, d.version, d.last_day AS "lastDay", a.rung_at AS "rungAt"
       FROM deadline d LEFT JOIN alarm a USING (owner, kind, last_day)
       WHERE ($1::text IS NULL OR d.owner = $1) AND ($2::text IS NULL OR d.kind = $2)
         AND ($3::date IS NULL OR (d.last_day, d.owner, d.kind, d.key) > ($3, $4, $5, $6))
       ORDER BY d.last_day, d.owner, d.kind, d.key LIMIT $7`,
      [owner ?? null, kind ?? null, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, after?.[3] ?? null, limit],
    );
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return { rows, nextCursor: last ? cursorOf(last.lastDay, last.owner, last.kind, last.key) : null };
  }
}
