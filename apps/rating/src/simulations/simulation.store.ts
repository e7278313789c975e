import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import { addSums, noSums, type SimulationSums } from '@credit/policy';

/** 试算 of a draft in a division. */
export interface Simulation {
  readonly simulationId: string;
  readonly scorecardId: string;
  readonly besideId: string | null;
  readonly cardDigest: string;
  readonly divisionCode: string;
  readonly startedAt: Date;
  readonly state: 'computing' | 'computed';
}

const columns = `simulation_id AS "simulationId", scorecard_id AS "scorecardId", beside_id AS "besideId", card_digest AS "cardDigest", division_code AS "divisionCode", started_at AS "startedAt", state`;

/** All SQL of trials. Sums per village, nothing about anybody. */
export class SimulationStore {
  constructor(private readonly tx: Tx) {}

  async insert(simulation: Omit<Simulation, 'startedAt' | 'state'>, villageCodes: readonly string[]): Promise<void> {
    const { simulationId, scorecardId, besideId, cardDigest, divisionCode } = simulation;
    await this.tx.manager.query(
      `INSERT INTO simulation (simulation_id, scorecard_id, beside_id, card_digest, division_code, started_by, started_at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, 'computing')`,
      [simulationId, scorecardId, besideId, cardDigest, divisionCode, this.tx.actor.principal, this.tx.now],
    );
    await this.tx.manager.query('INSERT INTO simulation_village (simulation_id, village_code) SELECT $1, unnest($2::text[])', [simulationId, villageCodes]);
  }

  async byId(simulationId: string): Promise<Simulation> {
    const [row] = await this.tx.manager.query<Simulation[]>(`SELECT ${columns} FROM simulation WHERE simulation_id = $1`, [simulationId]);
    if (!row) throw new Problem('not-found', { simulationId });
    return row;
  }

  /** False when this village was computed before. */
  async lockDueVillage(simulationId: string, villageCode: string): Promise<boolean> {
    const rows = await this.tx.manager.query<unknown[]>('SELECT 1 FROM simulation_village WHERE simulation_id = $1 AND village_code = $2 AND sums IS NULL FOR UPDATE', [simulationId, villageCode]);
    return rows.length > 0;
  }

  /** Keeps a village's sums, and ends the trial with its last village. */
  async villageComputed(simulationId: string, villageCode: string, sums: SimulationSums): Promise<void> {
    await this.tx.manager.query('SELECT 1 FROM simulation WHERE simulation_id = $1 FOR NO KEY UPDATE', [simulationId]);
    await this.tx.manager.query('UPDATE simulation_village SET sums = $3 WHERE simulation_id = $1 AND village_code = $2', [simulationId, villageCode, JSON.stringify(sums)]);
    await this.tx.manager.query(
      `UPDATE simulation SET state = 'computed' WHERE simulation_id = $1 AND NOT EXISTS (SELECT 1 FROM simulation_village v WHERE v.simulation_id = $1 AND v.sums IS NULL)`,
      [simulationId],
    );
  }

  async progress(simulationId: string): Promise<{ done: number; total: number }> {
    const [row] = await this.tx.manager.query<[{ done: number; total: number }]>('SELECT count(sums)::int AS done, count(*)::int AS total FROM simulation_village WHERE simulation_id = $1', [simulationId]);
    return row;
  }

  async sums(simulationId: string): Promise<SimulationSums> {
    const rows = await this.tx.manager.query<{ sums: SimulationSums }[]>('SELECT sums FROM simulation_village WHERE simulation_id = $1 AND sums IS NOT NULL ORDER BY village_code', [simulationId]);
    return rows.reduce((all, { sums }) => addSums(all, sums), noSums);
  }

  /** Whether a trial of this very wording was brought to its end. */
  async tried(scorecardId: string, cardDigest: string): Promise<boolean> {
    return (await this.tx.manager.query<unknown[]>(`SELECT 1 FROM simulation WHERE scorecard_id = $1 AND card_digest = $2 AND state = 'computed' LIMIT 1`, [scorecardId, cardDigest])).length > 0;
  }

  ofScorecard(scorecardId: string): Promise<Simulation[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM simulation WHERE scorecard_id = $1 ORDER BY started_at DESC`, [scorecardId]);
  }
}
