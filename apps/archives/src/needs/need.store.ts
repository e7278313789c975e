import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 急难愁盼诉求 */
export interface Need {
  readonly needId: string;
  readonly householdId: string;
  readonly villageCode: string;
  readonly category: string;
  readonly told: Buffer;
  readonly raisedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly assignedTo: string | null;
  readonly answer: Buffer | null;
  readonly answeredOn: PlainDate | null;
  readonly settled: boolean | null;
}

export interface Visit {
  readonly visitId: string;
  readonly householdId: string;
  readonly villageCode: string;
  readonly visitedOn: PlainDate;
  readonly purpose: string;
  readonly note: Buffer | null;
  readonly met: boolean;
}

const columns = `need_id AS "needId", household_id AS "householdId", village_code AS "villageCode", category, told, raised_on AS "raisedOn", due_on AS "dueOn", assigned_to AS "assignedTo",
  answer, answered_on AS "answeredOn", settled`;
const visitColumns = 'visit_id AS "visitId", household_id AS "householdId", village_code AS "villageCode", visited_on AS "visitedOn", purpose, note, met';

/** All SQL of needs and visits: answered to nobody outside this service. */
export class NeedStore {
  constructor(private readonly tx: Tx) {}

  async insert(need: Pick<Need, 'needId' | 'householdId' | 'villageCode' | 'category' | 'told' | 'dueOn'>): Promise<void> {
    await this.tx.manager.query('INSERT INTO need (need_id, household_id, village_code, category, told, raised_by, raised_on, due_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
      need.needId,
      need.householdId,
      need.villageCode,
      need.category,
      need.told,
      this.tx.actor.principal,
      this.tx.today,
      need.dueOn,
    ]);
  }

  async lock(needId: string): Promise<Need> {
    const [row] = await this.tx.manager.query<Need[]>(`SELECT ${columns} FROM need WHERE need_id = $1 FOR UPDATE`, [needId]);
    if (!row) throw new Problem('not-found', { needId });
    return row;
  }

  async assign(needId: string, accountId: string): Promise<void> {
    await this.tx.manager.query('UPDATE need SET assigned_to = $2, assigned_on = $3 WHERE need_id = $1', [needId, accountId, this.tx.today]);
  }

  async answer(needId: string, answer: Buffer, settled: boolean): Promise<void> {
    await this.tx.manager.query('UPDATE need SET answer = $2, answered_by = $3, answered_on = $4, settled = $5 WHERE need_id = $1', [needId, answer, this.tx.actor.principal, this.tx.today, settled]);
  }

  ofHousehold(householdId: string): Promise<Need[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM need WHERE household_id = $1 ORDER BY need_id DESC`, [householdId]);
  }

  /** Newest first; only those past their day and unanswered when asked for. */
  page(scopes: readonly string[], under: string, overdueOnly: boolean, before: string | null, limit: number): Promise<Need[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM need WHERE village_code LIKE ANY($1) AND village_code LIKE $2 AND (NOT $3 OR (answered_on IS NULL AND due_on < $4)) AND ($5::uuid IS NULL OR need_id < $5)
       ORDER BY need_id DESC LIMIT $6`,
      [scopes.map((scope) => `${scope}%`), `${under}%`, overdueOnly, this.tx.today, before, limit],
    );
  }

  async insertVisit(visit: Visit): Promise<void> {
    await this.tx.manager.query('INSERT INTO visit (visit_id, household_id, village_code, visited_on, purpose, note, met, recorded_by, recorded_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
      visit.visitId,
      visit.householdId,
      visit.villageCode,
      visit.visitedOn,
      visit.purpose,
      visit.note,
      visit.met,
      this.tx.actor.principal,
      this.tx.today,
    ]);
  }

  visits(scopes: readonly string[], under: string, householdId: string | null, before: string | null, limit: number): Promise<Visit[]> {
    return this.tx.manager.query(
      `SELECT ${visitColumns} FROM visit WHERE village_code LIKE ANY($1) AND village_code LIKE $2 AND ($3::uuid IS NULL OR household_id = $3) AND ($4::uuid IS NULL OR visit_id < $4)
       ORDER BY visit_id DESC LIMIT $5`,
      [scopes.map((scope) => `${scope}%`), `${under}%`, householdId, before, limit],
    );
  }

  /** 走访覆盖: households of each village, those visited since a day, those met. */
  visited(scopes: readonly string[], under: string, since: string): Promise<{ villageCode: string; households: number; visited: number; met: number }[]> {
    return this.tx.manager.query(
      `SELECT s.village_code AS "villageCode", count(*)::int AS households, count(v.any)::int AS visited, count(*) FILTER (WHERE v.met)::int AS met
       FROM subject s LEFT JOIN LATERAL (SELECT true AS any, bool_or(met) AS met FROM visit WHERE household_id = s.subject_id AND visited_on >= $3 HAVING count(*) > 0) v ON true
       WHERE s.kind = 'household' AND s.village_code LIKE ANY($1) AND s.village_code LIKE $2 GROUP BY 1 ORDER BY 1`,
      [scopes.map((scope) => `${scope}%`), `${under}%`, since],
    );
  }
}
