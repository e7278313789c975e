import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import type { ScorecardKind } from '../scorecards/scorecard.store';

export interface Run {
  readonly runId: string;
  readonly divisionCode: string;
  readonly ratingOn: PlainDate;
  readonly state: 'computing' | 'computed' | 'confirmed' | 'cancelled';
  /** Scorecard id per kind, as in force on the rating day. */
  readonly scorecards: Readonly<Partial<Record<ScorecardKind, string>>>;
  readonly engine: string;
  readonly startedBy: string;
  readonly startedAt: Date;
  readonly confirmedAt: Date | null;
}

export interface RunProgress {
  readonly done: number;
  readonly total: number;
  readonly subjects: number;
}

const columns = `run_id AS "runId", division_code AS "divisionCode", rating_on AS "ratingOn", state, scorecards, engine, started_by AS "startedBy", started_at AS "startedAt", confirmed_at AS "confirmedAt"`;

/** 评级批次 and their villages. */
export class RunStore {
  constructor(private readonly tx: Tx) {}

  async insert(run: Omit<Run, 'state' | 'startedAt' | 'confirmedAt'>, villageCodes: readonly string[]): Promise<void> {
    const inserted = await this.tx.manager.query<unknown[]>(
      `INSERT INTO run (run_id, division_code, rating_on, state, scorecards, engine, started_by, started_at)
       VALUES ($1, $2, $3, 'computing', $4, $5, $6, $7)
       ON CONFLICT (division_code) WHERE state IN ('computing', 'computed') DO NOTHING RETURNING 1`,
      [run.runId, run.divisionCode, run.ratingOn, JSON.stringify(run.scorecards), run.engine, run.startedBy, this.tx.now],
    );
    if (inserted.length === 0) throw new Problem('run.scope-busy', { divisionCode: run.divisionCode });
    await this.tx.manager.query(`INSERT INTO run_village (run_id, village_code, state) SELECT $1, unnest($2::text[]), 'due'`, [run.runId, villageCodes]);
  }

  async byId(runId: string): Promise<Run> {
    const [row] = await this.tx.manager.query<Run[]>(`SELECT ${columns} FROM run WHERE run_id = $1`, [runId]);
    if (!row) throw new Problem('not-found', { runId });
    return row;
  }

  async lock(runId: string): Promise<Run> {
    const [row] = await this.tx.manager.query<Run[]>(`SELECT ${columns} FROM run WHERE run_id = $1 FOR UPDATE`, [runId]);
    if (!row) throw new Problem('not-found', { runId });
    return row;
  }

  list(scopes: readonly string[], limit: number): Promise<Run[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM run WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS scope WHERE division_code LIKE scope || '%') ORDER BY started_at DESC LIMIT $2`,
      [scopes, limit],
    );
  }

  async progress(runId: string): Promise<RunProgress> {
    const [row] = await this.tx.manager.query<[RunProgress]>(
      `SELECT count(*) FILTER (WHERE state = 'computed')::int AS done, count(*)::int AS total, coalesce(sum(subjects), 0)::int AS subjects FROM run_village WHERE run_id = $1`,
      [runId],
    );
    return row;
  }

  /** False when this village of the run was already computed. */
  async lockDueVillage(runId: string, villageCode: string): Promise<boolean> {
    const rows = await this.tx.manager.query<unknown[]>(`SELECT 1 FROM run_village WHERE run_id = $1 AND village_code = $2 AND state = 'due' FOR UPDATE`, [runId, villageCode]);
    return rows.length > 0;
  }

  /** Notes the village as computed, and the run with its last village. */
  async villageComputed(runId: string, villageCode: string, subjects: number): Promise<void> {
    // Not FOR UPDATE: the results just inserted by other villages hold a key share lock on the run.
    await this.tx.manager.query('SELECT 1 FROM run WHERE run_id = $1 FOR NO KEY UPDATE', [runId]);
    await this.tx.manager.query(`UPDATE run_village SET state = 'computed', subjects = $3 WHERE run_id = $1 AND village_code = $2`, [runId, villageCode, subjects]);
    await this.tx.manager.query(
      `UPDATE run SET state = 'computed' WHERE run_id = $1 AND state = 'computing' AND NOT EXISTS (SELECT 1 FROM run_village v WHERE v.run_id = $1 AND v.state = 'due')`,
      [runId],
    );
  }

  async confirm(runId: string, by: string): Promise<void> {
    await this.tx.manager.query(`UPDATE run SET state = 'confirmed', confirmed_by = $2, confirmed_at = $3 WHERE run_id = $1`, [runId, by, this.tx.now]);
  }

  async cancel(runId: string): Promise<void> {
    await this.tx.manager.query(`UPDATE run SET state = 'cancelled' WHERE run_id = $1`, [runId]);
  }

  async villages(runId: string): Promise<{ villageCode: string; state: string; subjects: number }[]> {
    return this.tx.manager.query('SELECT village_code AS "villageCode", state, subjects FROM run_village WHERE run_id = $1 ORDER BY village_code', [runId]);
  }

  /** 村中位数 fixed for the year: those not known yet are stored, those known stay. */
  async fixMedians(villageCode: string, year: number, computed: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
    await this.tx.manager.query(
      `INSERT INTO village_median (village_code, year, item, value) SELECT $1, $2, item, value FROM jsonb_to_recordset($3::jsonb) AS r(item text, value numeric) ON CONFLICT DO NOTHING`,
      [villageCode, year, JSON.stringify([...computed].map(([item, value]) => ({ item, value })))],
    );
    const rows = await this.tx.manager.query<{ item: string; value: string }[]>('SELECT item, trim_scale(value)::text AS value FROM village_median WHERE village_code = $1 AND year = $2', [villageCode, year]);
    return new Map(rows.map((row) => [row.item, row.value]));
  }
}
