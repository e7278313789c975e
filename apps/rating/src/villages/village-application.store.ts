import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { Grade, PlainDate, RatingOutcome, VillageApplicationState } from '@credit/policy';

/** 申报表的一项: computed by the system, or declared with its evidence. */
export interface FormLine {
  readonly item: string;
  readonly value: string;
  readonly evidenceSha256: string | null;
}

/** 复审结果 — what the grade was computed from, kept with it. */
export interface ReviewedVillage {
  readonly items: Readonly<Record<string, string>>;
  readonly outcome: RatingOutcome;
}

/** 信用村申报, from the application to the end of the recognition. */
export interface VillageApplication {
  readonly applicationId: string;
  readonly villageCode: string;
  readonly villageName: string;
  readonly state: VillageApplicationState;
  readonly form: readonly FormLine[];
  readonly formSha256: string;
  /** The recognition in force when it was applied: a renewal. */
  readonly renewsId: string | null;
  readonly appliedBy: string;
  readonly appliedOn: PlainDate;
  readonly receivedBy: string | null;
  readonly receivedOn: PlainDate | null;
  readonly townSignedBy: string | null;
  readonly townSignedOn: PlainDate | null;
  readonly townScanSha256: string | null;
  readonly reviewedBy: string | null;
  readonly reviewedOn: PlainDate | null;
  readonly scorecardId: string | null;
  readonly outcome: ReviewedVillage | null;
  readonly grade: Grade | null;
  readonly refusedStep: 'prerequisites' | 'town-review' | 'county-review' | 'objection' | null;
  readonly refusedBy: string | null;
  readonly refusedOn: PlainDate | null;
  readonly reasons: Buffer | null;
  readonly publicationId: string | null;
  readonly publicationVersion: number;
  readonly publicationLastDay: PlainDate | null;
  readonly documentNo: string | null;
  readonly documentSha256: string | null;
  readonly recognisedBy: string | null;
  readonly recognisedOn: PlainDate | null;
  /** 有效期最后一日 */
  readonly lastDay: PlainDate | null;
  readonly endedOn: PlainDate | null;
  readonly endCause: 'expired' | 'renewed' | 'revoked' | null;
}

const columnOf: Readonly<Record<keyof VillageApplication, string>> = {
  applicationId: 'application_id',
  villageCode: 'village_code',
  villageName: 'village_name',
  state: 'state',
  form: 'form',
  formSha256: 'form_sha256',
  renewsId: 'renews_id',
  appliedBy: 'applied_by',
  appliedOn: 'applied_on',
  receivedBy: 'received_by',
  receivedOn: 'received_on',
  townSignedBy: 'town_signed_by',
  townSignedOn: 'town_signed_on',
  townScanSha256: 'town_scan_sha256',
  reviewedBy: 'reviewed_by',
  reviewedOn: 'reviewed_on',
  scorecardId: 'scorecard_id',
  outcome: 'outcome',
  grade: 'grade',
  refusedStep: 'refused_step',
  refusedBy: 'refused_by',
  refusedOn: 'refused_on',
  reasons: 'reasons',
  publicationId: 'publication_id',
  publicationVersion: 'publication_version',
  publicationLastDay: 'publication_last_day',
  documentNo: 'document_no',
  documentSha256: 'document_sha256',
  recognisedBy: 'recognised_by',
  recognisedOn: 'recognised_on',
  lastDay: 'last_day',
  endedOn: 'ended_on',
  endCause: 'end_cause',
};
const columns = Object.entries(columnOf).map(([name, column]) => `${column} AS "${name}"`).join(', ');
const recognisedStates = `state IN ('recognised', 'plaque-issued')`;

/** All SQL of applications and recognitions. */
export class VillageApplicationStore {
  constructor(private readonly tx: Tx) {}

  /** Problem `village.application-open` while another one of the village is not through. */
  async insert(one: Pick<VillageApplication, 'applicationId' | 'villageCode' | 'villageName' | 'state' | 'form' | 'formSha256' | 'renewsId'>): Promise<void> {
    const added = await this.tx.manager.query<unknown[]>(
      `INSERT INTO village_application (application_id, village_code, village_name, state, form, form_sha256, renews_id, applied_by, applied_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING 1`,
      [one.applicationId, one.villageCode, one.villageName, one.state, JSON.stringify(one.form), one.formSha256, one.renewsId, this.tx.actor.principal, this.tx.today],
    );
    if (added.length === 0) throw new Problem('village.application-open', { villageCode: one.villageCode });
  }

  async lock(applicationId: string): Promise<VillageApplication> {
    const [row] = await this.tx.manager.query<VillageApplication[]>(`SELECT ${columns} FROM village_application WHERE application_id = $1 FOR UPDATE`, [applicationId]);
    if (!row) throw new Problem('not-found', { applicationId });
    return row;
  }

  async find(applicationId: string): Promise<VillageApplication | undefined> {
    const [row] = await this.tx.manager.query<VillageApplication[]>(`SELECT ${columns} FROM village_application WHERE application_id = $1`, [applicationId]);
    return row;
  }

  async get(applicationId: string): Promise<VillageApplication> {
    const row = await this.find(applicationId);
    if (!row) throw new Problem('not-found', { applicationId });
    return row;
  }

  async update(applicationId: string, changes: Partial<VillageApplication>): Promise<void> {
    const names = Object.keys(changes) as (keyof VillageApplication)[];
    const values = names.map((name) => (name === 'outcome' ? JSON.stringify(changes[name]) : changes[name]));
    await this.tx.manager.query(`UPDATE village_application SET ${names.map((name, index) => `${columnOf[name]} = $${index + 2}`).join(', ')} WHERE application_id = $1`, [applicationId, ...values]);
  }

  /** The recognition that stands for a village, whatever its last day. */
  async lockCurrent(villageCode: string): Promise<VillageApplication | undefined> {
    const [row] = await this.tx.manager.query<VillageApplication[]>(`SELECT ${columns} FROM village_application WHERE village_code = $1 AND ${recognisedStates} FOR UPDATE`, [villageCode]);
    return row;
  }

  /** Newest first. */
  list(scopes: readonly string[], villageCode: string | null, after: string | null, limit: number): Promise<VillageApplication[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM village_application WHERE village_code LIKE ANY($1) AND ($2::text IS NULL OR village_code = $2) AND ($3::uuid IS NULL OR application_id < $3)
       ORDER BY application_id DESC LIMIT $4`,
      [scopes.map((scope) => `${scope}%`), villageCode, after, limit],
    );
  }

  /** 信用村 in force today, the first to end first. */
  valid(scopes: readonly string[], after: string | null, limit: number): Promise<VillageApplication[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM village_application WHERE ${recognisedStates} AND last_day >= $2 AND village_code LIKE ANY($1)
         AND ($3::text IS NULL OR last_day::text || application_id::text > $3) ORDER BY last_day, application_id LIMIT $4`,
      [scopes.map((scope) => `${scope}%`), this.tx.today, after, limit],
    );
  }

  /** Ends every recognition whose last day has passed; answers those. */
  async expire(): Promise<VillageApplication[]> {
    const [rows] = await this.tx.manager.query<[VillageApplication[], number]>(
      `UPDATE village_application SET state = 'lapsed', ended_on = last_day, end_cause = 'expired' WHERE ${recognisedStates} AND last_day < $1 RETURNING ${columns}`,
      [this.tx.today],
    );
    return rows;
  }

  /** Notes the reminder of each recognition that ends by the day and was not reminded of; answers those. */
  async noteRenewals(by: PlainDate): Promise<VillageApplication[]> {
    const [rows] = await this.tx.manager.query<[VillageApplication[], number]>(
      `UPDATE village_application SET reminded_on = $1 WHERE ${recognisedStates} AND reminded_on IS NULL AND last_day BETWEEN $1 AND $2 RETURNING ${columns}`,
      [this.tx.today, by],
    );
    return rows;
  }

  /** The newest publication wins; news of an older version changes nothing. */
  async notePublication(applicationId: string, publicationId: string, version: number, lastDay: string): Promise<void> {
    await this.tx.manager.query(
      `UPDATE village_application SET publication_id = $2, publication_version = $3, publication_last_day = $4, state = CASE state WHEN 'county-reviewed' THEN 'published' ELSE state END
       WHERE application_id = $1 AND state IN ('county-reviewed', 'published') AND (publication_id IS DISTINCT FROM $2 OR publication_version < $3)`,
      [applicationId, publicationId, version, lastDay],
    );
  }

  async forgetPublication(publicationId: string): Promise<void> {
    await this.tx.manager.query('UPDATE village_application SET publication_id = NULL, publication_version = 0, publication_last_day = NULL WHERE publication_id = $1', [publicationId]);
  }

  /** The days on which recognitions end, as alarms of this service. */
  validityDays(): Promise<{ kind: string; key: string; version: number; lastDay: PlainDate }[]> {
    return this.tx.manager.query(
      `SELECT 'village-validity' AS kind, application_id::text AS key, 1 AS version, last_day AS "lastDay" FROM village_application WHERE ${recognisedStates} ORDER BY application_id`,
    );
  }
}
