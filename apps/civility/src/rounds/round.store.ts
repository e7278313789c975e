import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import { RoundRow } from './round.row';

export interface RoundHousehold {
  readonly householdId: string;
  readonly householdNo: string;
  readonly groupCode: string;
}

export interface GroupProgress {
  readonly groupCode: string;
  readonly households: number;
  readonly tableState: 'typed' | 'confirmed' | null;
  readonly examined: number;
  readonly settled: number;
}

interface Filter {
  readonly scopes: readonly string[];
  readonly under: string | null;
  readonly year: number | null;
  readonly state: string | null;
  readonly before: string | null;
  readonly limit: number;
}

/** The digits a division shares with everything in it. */
function prefixOf(division: string): string {
  return `${division.replace(/(0{6}|0{3})$/, '')}%`;
}

/** All SQL of rounds and the households in them. */
export class RoundStore {
  constructor(private readonly tx: Tx) {}

  async get(id: string): Promise<RoundRow> {
    const row = await this.tx.manager.findOneBy(RoundRow, { id });
    if (!row) throw new Problem('not-found', { roundId: id });
    return row;
  }

  byIds(ids: readonly string[]): Promise<RoundRow[]> {
    return this.tx.manager.createQueryBuilder(RoundRow, 'r').where('r.id = ANY(:ids)', { ids }).getMany();
  }

  async lock(id: string): Promise<RoundRow> {
    const row = await this.tx.manager.findOne(RoundRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw new Problem('not-found', { roundId: id });
    return row;
  }

  async update(id: string, change: Partial<RoundRow>): Promise<void> {
    await this.tx.manager.update(RoundRow, { id }, change);
  }

  /** Problem `round.exists` when the village has a round of that year. */
  async insert(round: Pick<RoundRow, 'id' | 'villageCode' | 'year' | 'state' | 'referenceDay' | 'listVersionId' | 'preparedOn' | 'marking' | 'onlineMarks'>, households: readonly RoundHousehold[]): Promise<void> {
    const added = await this.tx.manager.createQueryBuilder().insert().into(RoundRow).values(round).orIgnore().returning(['id']).execute();
    if ((added.raw as unknown[]).length === 0) throw new Problem('round.exists', { villageCode: round.villageCode, year: round.year });
    await this.tx.manager.query(
      `INSERT INTO round_household (round_id, household_id, household_no, group_code)
       SELECT $1, "householdId", "householdNo", "groupCode" FROM jsonb_to_recordset($2::jsonb) AS r("householdId" uuid, "householdNo" text, "groupCode" text)`,
      [round.id, JSON.stringify(households)],
    );
  }

  households(roundId: string, groupCode: string | null = null): Promise<RoundHousehold[]> {
    return this.tx.manager.query(
      `SELECT household_id AS "householdId", household_no AS "householdNo", group_code AS "groupCode" FROM round_household
       WHERE round_id = $1 AND ($2::text IS NULL OR group_code = $2) ORDER BY group_code, household_no`,
      [roundId, groupCode],
    );
  }

  async household(roundId: string, householdId: string): Promise<RoundHousehold> {
    const [row] = await this.tx.manager.query<RoundHousehold[]>(
      'SELECT household_id AS "householdId", household_no AS "householdNo", group_code AS "groupCode" FROM round_household WHERE round_id = $1 AND household_id = $2',
      [roundId, householdId],
    );
    if (!row) throw new Problem('not-found', { roundId, householdId });
    return row;
  }

  /** The groups these households were ever reviewed in. */
  async groupsOf(householdIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.tx.manager.query<{ code: string }[]>('SELECT DISTINCT group_code AS code FROM round_household WHERE household_id = ANY($1)', [householdIds]);
    return new Set(rows.map(({ code }) => code));
  }

  async groupCodes(roundId: string): Promise<string[]> {
    const rows = await this.tx.manager.query<{ code: string }[]>('SELECT DISTINCT group_code AS code FROM round_household WHERE round_id = $1 ORDER BY 1', [roundId]);
    return rows.map(({ code }) => code);
  }

  /** As whom this account sits in the bodies of a round. */
  async memberIdsOf(roundId: string, accountId: string | null): Promise<string[]> {
    const rows = await this.tx.manager.query<{ id: string }[]>('SELECT id FROM member WHERE round_id = $1 AND account_id = $2', [roundId, accountId]);
    return rows.map(({ id }) => id);
  }

  progress(roundId: string): Promise<GroupProgress[]> {
    return this.tx.manager.query(
      `SELECT h.group_code AS "groupCode", count(*)::int AS households, max(t.state) AS "tableState", count(e.household_id)::int AS examined, count(e.settled_on)::int AS settled
       FROM round_household h
       LEFT JOIN group_table t ON t.round_id = h.round_id AND t.group_code = h.group_code AND t.state <> 'replaced'
       LEFT JOIN examination e ON e.round_id = h.round_id AND e.household_id = h.household_id
       WHERE h.round_id = $1 GROUP BY h.group_code ORDER BY h.group_code`,
      [roundId],
    );
  }

  /** Newest first, within the divisions of the reader. */
  list(filter: Filter): Promise<RoundRow[]> {
    const query = this.tx.manager
      .createQueryBuilder(RoundRow, 'r')
      .where('r.village_code LIKE ANY(:scopes)', { scopes: filter.scopes.map((scope) => `${scope}%`) })
      .orderBy('r.id', 'DESC')
      .limit(filter.limit);
    if (filter.under !== null) query.andWhere('r.village_code LIKE :under', { under: prefixOf(filter.under) });
    if (filter.year !== null) query.andWhere('r.year = :year', { year: filter.year });
    if (filter.state !== null) query.andWhere('r.state = :state', { state: filter.state });
    if (filter.before !== null) query.andWhere('r.id < :before', { before: filter.before });
    return query.getMany();
  }

  /** The latest filed round of a village: the one its scores come from. */
  async latestFiled(villageCode: string): Promise<RoundRow | undefined> {
    const rows = await this.tx.manager.find(RoundRow, { where: { villageCode }, order: { year: 'DESC' } });
    return rows.find(({ filedOn }) => filedOn !== null);
  }

  /** The next round with something to announce: its objection window is over, or a second look is due. Rounds someone works on are left to them. */
  async lockDue(after: string | null): Promise<RoundRow | undefined> {
    const query = this.tx.manager
      .createQueryBuilder(RoundRow, 'r')
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .where("((r.state = 'published' AND r.objection_last_day < :today) OR r.recheck_on < :today)", { today: this.tx.today })
      .orderBy('r.id')
      .limit(1);
    if (after !== null) query.andWhere('r.id > :after', { after });
    return (await query.getOne()) ?? undefined;
  }

  /** 期限对账 — the days stored here, in pages. */
  deadlines(after: string | null): Promise<{ kind: string; key: string; version: number; lastDay: string }[]> {
    return this.tx.manager.query(
      `SELECT kind, key, version, "lastDay" FROM (
         SELECT 'objection' AS kind, id::text AS key, deadline_version AS version, objection_last_day AS "lastDay" FROM round WHERE state = 'published' AND objection_last_day IS NOT NULL
         UNION ALL SELECT 'outcome', id::text, deadline_version, recheck_on FROM round WHERE recheck_on IS NOT NULL) d
       WHERE $1::text IS NULL OR key > $1 ORDER BY key, kind`,
      [after],
    );
  }
}
