import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 约定的核查日 that nothing was found on yet. */
export interface CheckDue {
  readonly improvementId: string;
  readonly version: number;
  readonly villageCode: string;
}

const waiting = `improvement i
  CROSS JOIN LATERAL (SELECT n.version, n.check_on FROM improvement_version n WHERE n.improvement_id = i.id ORDER BY n.version DESC LIMIT 1) v
  WHERE i.ended_on IS NULL AND NOT EXISTS (SELECT 1 FROM improvement_check c WHERE c.improvement_id = i.id AND c.version = v.version)`;

/** Agreed check days still to come or overdue, one row for each. */
export const checkDaysWaiting = `SELECT v.check_on FROM ${waiting}`;

/** All SQL of the alarms of agreed check days. */
export class ImprovementAlarmStore {
  constructor(private readonly tx: Tx) {}

  /** Takes what is overdue and was not reminded of; each agreed day once, however many replicas ask. */
  takeOverdue(): Promise<CheckDue[]> {
    return this.tx.manager.query(
      `WITH taken AS (
         INSERT INTO improvement_reminder (improvement_id, version, reminded_on) SELECT i.id, v.version, $1::date FROM ${waiting} AND v.check_on < $1::date
         ON CONFLICT DO NOTHING RETURNING improvement_id, version)
       SELECT t.improvement_id AS "improvementId", t.version, r.village_code AS "villageCode"
       FROM taken t JOIN improvement i ON i.id = t.improvement_id JOIN round r ON r.id = i.round_id ORDER BY t.improvement_id`,
      [this.tx.today],
    );
  }

  /** 期限对账 — the days stored here. */
  deadlines(after: string | null): Promise<{ kind: string; key: string; version: number; lastDay: PlainDate }[]> {
    return this.tx.manager.query(
      `SELECT 'improvement-check' AS kind, i.id::text AS key, v.version, v.check_on AS "lastDay" FROM ${waiting} AND ($1::text IS NULL OR i.id::text > $1) ORDER BY i.id`,
      [after],
    );
  }
}
