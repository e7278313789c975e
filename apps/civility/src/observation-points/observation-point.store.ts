import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export type ObservationState = 'planned' | 'open' | 'over' | 'ended';

/** 观摩点 — a village or villager group, for a time. */
export interface ObservationPoint {
  readonly id: string;
  readonly townCode: string;
  readonly divisionCode: string;
  readonly reason: Buffer;
  readonly shows: Buffer;
  readonly startsOn: PlainDate;
  readonly lastDay: PlainDate;
  readonly namedOn: PlainDate;
  readonly endReason: Buffer | null;
  readonly endedOn: PlainDate | null;
  readonly state: ObservationState;
  readonly visits: number;
  readonly people: number;
}

/** 观摩 — one visit by one or several villages. */
export interface ObservationVisit {
  readonly id: string;
  readonly pointId: string;
  readonly visitedOn: PlainDate;
  readonly villageCodes: readonly string[];
  readonly people: number;
  readonly notes: Buffer | null;
  readonly recordedOn: PlainDate;
}

interface Filter {
  readonly scopes: readonly string[];
  readonly under: string;
  readonly openOnly: boolean;
  readonly before: string | null;
  readonly limit: number;
}

const state = `CASE WHEN p.ended_on IS NOT NULL THEN 'ended' WHEN $1::date > p.last_day THEN 'over' WHEN $1::date < p.starts_on THEN 'planned' ELSE 'open' END`;
const points = `(SELECT p.id, p.town_code AS "townCode", p.division_code AS "divisionCode", p.reason, p.shows, p.starts_on AS "startsOn", p.last_day AS "lastDay", p.named_on AS "namedOn",
    p.end_reason AS "endReason", p.ended_on AS "endedOn", ${state} AS state, v.visits, v.people
  FROM observation_point p CROSS JOIN LATERAL (SELECT count(*)::int AS visits, coalesce(sum(people), 0)::int AS people FROM observation_visit o WHERE o.point_id = p.id) v) p`;

/** All SQL of observation points and their visits. */
export class ObservationPointStore {
  constructor(private readonly tx: Tx) {}

  async insert(point: Pick<ObservationPoint, 'id' | 'townCode' | 'divisionCode' | 'reason' | 'shows' | 'startsOn' | 'lastDay'>): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query(
      'INSERT INTO observation_point (id, town_code, division_code, reason, shows, starts_on, last_day, named_by, named_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [point.id, point.townCode, point.divisionCode, point.reason, point.shows, point.startsOn, point.lastDay, actor.principal, today],
    );
  }

  async get(id: string): Promise<ObservationPoint> {
    const [row] = await this.tx.manager.query<ObservationPoint[]>(`SELECT * FROM ${points} WHERE id = $2`, [this.tx.today, id]);
    if (!row) throw new Problem('not-found', { pointId: id });
    return row;
  }

  async lock(id: string): Promise<ObservationPoint> {
    await this.tx.manager.query('SELECT FROM observation_point WHERE id = $1 FOR UPDATE', [id]);
    return this.get(id);
  }

  async end(id: string, reason: Buffer): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query('UPDATE observation_point SET end_reason = $2, ended_by = $3, ended_on = $4 WHERE id = $1', [id, reason, actor.principal, today]);
  }

  /** Newest first; who reads in a village reads of all its town. */
  list({ scopes, under, openOnly, before, limit }: Filter): Promise<ObservationPoint[]> {
    return this.tx.manager.query(
      `SELECT * FROM ${points} WHERE "townCode" LIKE ANY($2) AND "divisionCode" LIKE $3 AND (NOT $4 OR state = 'open') AND ($5::uuid IS NULL OR id < $5) ORDER BY id DESC LIMIT $6`,
      [this.tx.today, scopes.map((scope) => `${townPrefix(scope)}%`), `${under}%`, openOnly, before, limit],
    );
  }

  async addVisit(visit: Omit<ObservationVisit, 'recordedOn'>): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query('INSERT INTO observation_visit (id, point_id, visited_on, village_codes, people, notes, recorded_by, recorded_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
      visit.id,
      visit.pointId,
      visit.visitedOn,
      visit.villageCodes,
      visit.people,
      visit.notes,
      actor.principal,
      today,
    ]);
  }

  /** Newest first. */
  visits(pointId: string, before: string | null, limit: number): Promise<ObservationVisit[]> {
    return this.tx.manager.query(
      `SELECT id, point_id AS "pointId", visited_on AS "visitedOn", village_codes AS "villageCodes", people, notes, recorded_on AS "recordedOn"
       FROM observation_visit WHERE point_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [pointId, before, limit],
    );
  }
}

/** The digits of the town that a village or group belongs to; those of a county stay. */
export function townPrefix(prefix: string): string {
  return prefix.slice(0, 9);
}
