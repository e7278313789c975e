import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import type { CheckResult, ImprovementState } from './improvement-machine';

/** 整改提升计划 as it stands: its last version, and where it has come to. */
export interface Improvement {
  readonly id: string;
  readonly roundId: string;
  readonly villageCode: string;
  readonly year: number;
  readonly householdId: string;
  readonly householdNo: string;
  readonly groupCode: string;
  /** The final score it answers to, and the one that stands now. */
  readonly scoreVersion: number;
  readonly hundredths: number;
  readonly vetoed: boolean;
  readonly presentHundredths: number;
  readonly startsOn: PlainDate;
  readonly plannedOn: PlainDate;
  readonly version: number;
  readonly helperAccountId: string;
  readonly checkOn: PlainDate;
  readonly state: ImprovementState;
  readonly overdue: boolean;
  readonly endReason: Buffer | null;
  readonly endedOn: PlainDate | null;
}

/** What was agreed at one time, and what was found when it was checked. */
export interface ImprovementVersion {
  readonly improvementId: string;
  readonly version: number;
  readonly measures: Buffer;
  readonly helperAccountId: string;
  readonly checkOn: PlainDate;
  readonly reason: Buffer | null;
  readonly setOn: PlainDate;
  readonly result: CheckResult | null;
  readonly seen: Buffer | null;
  readonly seenOn: PlainDate | null;
  readonly checkedBy: string | null;
  readonly checkedOn: PlainDate | null;
}

export type NewVersion = Pick<ImprovementVersion, 'improvementId' | 'version' | 'measures' | 'helperAccountId' | 'checkOn' | 'reason'>;

export interface ImprovementFilter {
  readonly hidden?: readonly string[];
  readonly roundId?: string;
  readonly householdId?: string;
  /** Plans of households in this round, made after rounds of earlier years. */
  readonly beforeRoundId?: string;
  readonly scopes?: readonly string[];
  readonly under?: string;
  readonly helperAccountId?: string;
  readonly overdueOnly?: boolean;
  /** Neither met nor ended. */
  readonly openOnly?: boolean;
  readonly newestFirst?: boolean;
  readonly after?: readonly string[] | null;
  readonly limit: number;
}

const source = `improvement i
  JOIN round r ON r.id = i.round_id
  JOIN round_household h ON h.round_id = i.round_id AND h.household_id = i.household_id
  JOIN score s ON s.round_id = i.round_id AND s.household_id = i.household_id AND s.version = i.score_version
  CROSS JOIN LATERAL (SELECT p.hundredths FROM score p WHERE p.round_id = i.round_id AND p.household_id = i.household_id ORDER BY p.version DESC LIMIT 1) p
  CROSS JOIN LATERAL (SELECT n.* FROM improvement_version n WHERE n.improvement_id = i.id ORDER BY n.version DESC LIMIT 1) v
  LEFT JOIN improvement_check c ON c.improvement_id = i.id AND c.version = v.version`;
const overdue = 'i.ended_on IS NULL AND c.result IS NULL AND v.check_on < $1::date';
const columns = `i.id, i.round_id AS "roundId", r.village_code AS "villageCode", r.year, i.household_id AS "householdId", h.household_no AS "householdNo", h.group_code AS "groupCode",
  i.score_version AS "scoreVersion", s.hundredths, s.vetoed, p.hundredths AS "presentHundredths", i.starts_on AS "startsOn", i.planned_on AS "plannedOn", v.version,
  v.helper_account_id AS "helperAccountId", v.check_on AS "checkOn", CASE WHEN i.ended_on IS NOT NULL THEN 'ended' ELSE coalesce(c.result, 'under-way') END AS state,
  (${overdue}) AS overdue, i.end_reason AS "endReason", i.ended_on AS "endedOn"`;

/** All SQL of improvement plans, their versions and checks. */
export class ImprovementStore {
  constructor(private readonly tx: Tx) {}

  /** Problem `improvement.exists` while another plan of the household after this round is not ended. */
  async insert(plan: Pick<Improvement, 'id' | 'roundId' | 'householdId' | 'scoreVersion' | 'startsOn'>, first: NewVersion): Promise<void> {
    const { manager, actor, today } = this.tx;
    const added = await manager.query<unknown[]>(
      `INSERT INTO improvement (id, round_id, household_id, score_version, starts_on, planned_by, planned_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (round_id, household_id) WHERE ended_on IS NULL DO NOTHING RETURNING 1`,
      [plan.id, plan.roundId, plan.householdId, plan.scoreVersion, plan.startsOn, actor.principal, today],
    );
    if (added.length === 0) throw new Problem('improvement.exists', { householdId: plan.householdId });
    await this.addVersion(first);
  }

  async addVersion(version: NewVersion): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query(
      `INSERT INTO improvement_version (improvement_id, version, measures, helper_account_id, check_on, reason, set_by, set_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [version.improvementId, version.version, version.measures, version.helperAccountId, version.checkOn, version.reason, actor.principal, today],
    );
  }

  async addCheck(improvementId: string, version: number, check: { readonly result: CheckResult; readonly seen: Buffer; readonly seenOn: PlainDate }): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query(`INSERT INTO improvement_check (improvement_id, version, result, seen, seen_on, checked_by, checked_on) VALUES ($1, $2, $3, $4, $5, $6, $7)`, [
      improvementId,
      version,
      check.result,
      check.seen,
      check.seenOn,
      actor.accountId,
      today,
    ]);
  }

  async end(id: string, reason: Buffer): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query('UPDATE improvement SET end_reason = $2, ended_by = $3, ended_on = $4 WHERE id = $1', [id, reason, actor.principal, today]);
  }

  /** Locks first and reads then: what was agreed or found while it waited is seen. */
  async lock(id: string): Promise<Improvement> {
    await this.tx.manager.query('SELECT FROM improvement WHERE id = $1 FOR UPDATE', [id]);
    const [row] = await this.tx.manager.query<Improvement[]>(`SELECT ${columns} FROM ${source} WHERE i.id = $2`, [this.tx.today, id]);
    if (!row) throw new Problem('not-found', { improvementId: id });
    return row;
  }

  /** By check day, the earliest first, unless the newest plan is asked for. */
  list(filter: ImprovementFilter): Promise<Improvement[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM ${source}
       WHERE NOT i.household_id = ANY($2::uuid[]) AND ($3::uuid IS NULL OR i.round_id = $3) AND ($4::uuid IS NULL OR i.household_id = $4)
         AND ($5::uuid IS NULL OR (EXISTS (SELECT 1 FROM round_household n WHERE n.round_id = $5 AND n.household_id = i.household_id) AND r.year < (SELECT n.year FROM round n WHERE n.id = $5)))
         AND ($6::text[] IS NULL OR r.village_code LIKE ANY($6)) AND r.village_code LIKE $7 AND ($8::uuid IS NULL OR v.helper_account_id = $8)
         AND (NOT $9 OR (${overdue})) AND (NOT $10 OR (i.ended_on IS NULL AND c.result IS DISTINCT FROM 'met'))
         AND ($11::date IS NULL OR (v.check_on, i.id) > ($11::date, $12::uuid))
       ORDER BY ${filter.newestFirst ? 'i.id DESC' : 'v.check_on, i.id'} LIMIT $13`,
      [
        this.tx.today,
        filter.hidden ?? [],
        filter.roundId ?? null,
        filter.householdId ?? null,
        filter.beforeRoundId ?? null,
        filter.scopes?.map((scope) => `${scope}%`) ?? null,
        `${filter.under ?? ''}%`,
        filter.helperAccountId ?? null,
        filter.overdueOnly ?? false,
        filter.openOnly ?? false,
        filter.after?.[0] ?? null,
        filter.after?.[1] ?? null,
        filter.limit,
      ],
    );
  }

  /** Which households of a round have a plan that is not ended. */
  async planned(roundId: string): Promise<Map<string, string>> {
    const rows = await this.tx.manager.query<{ id: string; householdId: string }[]>('SELECT id, household_id AS "householdId" FROM improvement WHERE round_id = $1 AND ended_on IS NULL', [roundId]);
    return new Map(rows.map(({ id, householdId }) => [householdId, id]));
  }

  versions(ids: readonly string[]): Promise<ImprovementVersion[]> {
    return this.tx.manager.query(
      `SELECT v.improvement_id AS "improvementId", v.version, v.measures, v.helper_account_id AS "helperAccountId", v.check_on AS "checkOn", v.reason, v.set_on AS "setOn",
         c.result, c.seen, c.seen_on AS "seenOn", c.checked_by AS "checkedBy", c.checked_on AS "checkedOn"
       FROM improvement_version v LEFT JOIN improvement_check c ON c.improvement_id = v.improvement_id AND c.version = v.version
       WHERE v.improvement_id = ANY($1) ORDER BY v.improvement_id, v.version`,
      [ids],
    );
  }

  /** Posts this account holds today. */
  postsOf(accountId: string): Promise<{ role: string; divisionCode: string }[]> {
    return this.tx.manager.query(`SELECT role, division_code AS "divisionCode" FROM post WHERE account_id = $1 AND from_on <= $2 AND (to_on IS NULL OR to_on >= $2)`, [accountId, this.tx.today]);
  }
}
