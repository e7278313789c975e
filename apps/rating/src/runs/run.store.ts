import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import { isWithin, type PlainDate } from '@credit/policy';
import type { ScorecardKind } from '../scorecards/scorecard.store';

export interface Run {
  readonly runId: string;
  readonly divisionCode: string;
  readonly ratingOn: PlainDate;
  readonly state: 'computing' | 'paused' | 'computed' | 'confirmed' | 'cancelled';
  /** Scorecard id per kind, as in force on the rating day. */
  readonly scorecards: Readonly<Partial<Record<ScorecardKind, string>>>;
  readonly engine: string;
  /** Only subjects whose facts, score or consents changed since their last result. */
  readonly changedOnly: boolean;
  readonly startedBy: string;
  readonly confirmedBy: string | null;
  readonly startedAt: Date;
  readonly confirmedAt: Date | null;
}

export interface RunProgress {
  readonly done: number;
  readonly total: number;
  readonly subjects: number;
  /** Of a run over what changed: those that stayed as they were. */
  readonly unchanged: number;
  readonly lastComputedAt: Date | null;
}

const columns = `run_id AS "runId", division_code AS "divisionCode", rating_on AS "ratingOn", state, scorecards, engine, changed_only AS "changedOnly", started_by AS "startedBy", started_at AS "startedAt", confirmed_by AS "confirmedBy", confirmed_at AS "confirmedAt"`;

/** 评级批次 and their villages. */
export class RunStore {
  constructor(private readonly tx: Tx) {}

  async insert(run: Omit<Run, 'state' | 'startedAt' | 'confirmedBy' | 'confirmedAt'>, villageCodes: readonly string[]): Promise<void> {
    await this.tx.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('rating run', 0))`);
    const open = await this.tx.manager.query<{ code: string }[]>(`SELECT division_code AS code FROM run WHERE state IN ('computing', 'paused', 'computed')`);
    const busy = open.find(({ code }) => isWithin(code, run.divisionCode) || isWithin(run.divisionCode, code));
    if (busy) throw new Problem('run.scope-busy', { divisionCode: busy.code });
    await this.tx.manager.query(
      `INSERT INTO run (run_id, division_code, rating_on, state, scorecards, engine, started_by, started_at, changed_only) VALUES ($1, $2, $3, 'computing', $4, $5, $6, $7, $8)`,
      [run.runId, run.divisionCode, run.ratingOn, JSON.stringify(run.scorecards), run.engine, run.startedBy, this.tx.now, run.changedOnly],
    );
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
      `SELECT count(*) FILTER (WHERE state = 'computed')::int AS done, count(*)::int AS total, coalesce(sum(subjects), 0)::int AS subjects,
         coalesce(sum(unchanged), 0)::int AS unchanged, max(computed_at) AS "lastComputedAt" FROM run_village WHERE run_id = $1`,
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
  async villageComputed(runId: string, villageCode: string, subjects: number, unchanged: number): Promise<void> {
    // Not FOR UPDATE: the results just inserted by other villages hold a key share lock on the run.
    await this.tx.manager.query('SELECT 1 FROM run WHERE run_id = $1 FOR NO KEY UPDATE', [runId]);
    await this.tx.manager.query(`UPDATE run_village SET state = 'computed', subjects = $3, unchanged = $4, computed_at = $5 WHERE run_id = $1 AND village_code = $2`, [runId, villageCode, subjects, unchanged, this.tx.now]);
    await this.tx.manager.query(
      `UPDATE run SET state = 'computed' WHERE run_id = $1 AND state = 'computing' AND NOT EXISTS (SELECT 1 FROM run_village v WHERE v.run_id = $1 AND v.state = 'due')`,
      [runId],
    );
  }

  async confirm(runId: string, by: string): Promise<void> {
    await this.tx.manager.query(`UPDATE run SET state = 'confirmed', confirmed_by = $2, confirmed_at = $3 WHERE run_id = $1`, [runId, by, this.tx.now]);
  }

  async setState(runId: string, state: 'computing' | 'paused'): Promise<void> {
    await this.tx.manager.query('UPDATE run SET state = $2 WHERE run_id = $1', [runId, state]);
  }

  async dueVillages(runId: string): Promise<string[]> {
    const rows = await this.tx.manager.query<{ code: string }[]>(`SELECT village_code AS code FROM run_village WHERE run_id = $1 AND state = 'due' ORDER BY 1`, [runId]);
    return rows.map(({ code }) => code);
  }

  async cancel(runId: string): Promise<void> {
    await this.tx.manager.query(`UPDATE run SET state = 'cancelled' WHERE run_id = $1`, [runId]);
  }

  /** The medians fixed so far for a village and year. */
  async medians(villageCode: string, year: number): Promise<ReadonlyMap<string, string>> {
    const rows = await this.tx.manager.query<{ item: string; value: string }[]>('SELECT item, trim_scale(value)::text AS value FROM village_median WHERE village_code = $1 AND year = $2', [villageCode, year]);
    return new Map(rows.map((row) => [row.item, row.value]));
  }

  /** 村中位数 fixed for the year: those not known yet are stored, those known stay. */
  async fixMedians(villageCode: string, year: number, computed: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
    await this.tx.manager.query(
      `INSERT INTO village_median (village_code, year, item, value) SELECT $1, $2, item, value FROM jsonb_to_recordset($3::jsonb) AS r(item text, value numeric) ON CONFLICT DO NOTHING`,
      [villageCode, year, JSON.stringify([...computed].map(([item, value]) => ({ item, value })))],
    );
    return this.medians(villageCode, year);
  }
}
