import { Problem, type RowOf, type sharedReads } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export type RepairState = 'applied' | 'village-checked' | 'published' | 'granted' | 'refused' | 'review';

/** 信用修复 */
export interface Repair {
  readonly repairId: string;
  readonly subjectId: string;
  readonly villageCode: string;
  readonly groupCode: string;
  readonly fact: string;
  readonly item: string;
  readonly valueHash: string;
  readonly endedOn: PlainDate;
  readonly statement: Buffer;
  readonly proofSha256: string;
  readonly pledgeSha256: string;
  readonly scanSha256: string | null;
  readonly appliedBy: string;
  readonly appliedOn: PlainDate;
  readonly state: RepairState;
  readonly villageCheckedBy: string | null;
  readonly villageCheckedOn: PlainDate | null;
  readonly townCheckedOn: PlainDate | null;
  readonly publicationAskedOn: PlainDate | null;
  readonly reasons: Buffer | null;
  readonly decidedBy: string | null;
  readonly decidedOn: PlainDate | null;
  readonly observationLastDay: PlainDate | null;
  readonly reviewLastDay: PlainDate | null;
  readonly reviewStatement: Buffer | null;
  readonly reviewAskedOn: PlainDate | null;
}

export type AppliedRepair = Pick<Repair, 'repairId' | 'subjectId' | 'villageCode' | 'groupCode' | 'fact' | 'item' | 'valueHash' | 'endedOn' | 'statement' | 'proofSha256' | 'pledgeSha256' | 'scanSha256'>;

const columns = `repair_id AS "repairId", subject_id AS "subjectId", village_code AS "villageCode", group_code AS "groupCode", fact, item, value_hash AS "valueHash", ended_on AS "endedOn", statement,
  proof_sha256 AS "proofSha256", pledge_sha256 AS "pledgeSha256", scan_sha256 AS "scanSha256", applied_by AS "appliedBy", applied_on AS "appliedOn", state, village_checked_by AS "villageCheckedBy",
  village_checked_on AS "villageCheckedOn", town_checked_on AS "townCheckedOn", publication_asked_on AS "publicationAskedOn", reasons, decided_by AS "decidedBy", decided_on AS "decidedOn",
  observation_last_day AS "observationLastDay", review_last_day AS "reviewLastDay", review_statement AS "reviewStatement", review_asked_on AS "reviewAskedOn"`;

/** All SQL of repairs. */
export class RepairStore {
  constructor(private readonly tx: Tx) {}

  /** Problem `repair.open` while another one of the same fact is under way. */
  async insert(one: AppliedRepair): Promise<void> {
    const added = await this.tx.manager.query<unknown[]>(
      `INSERT INTO repair (repair_id, subject_id, village_code, group_code, fact, item, value_hash, ended_on, statement, proof_sha256, pledge_sha256, scan_sha256, applied_by, applied_on, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'applied') ON CONFLICT DO NOTHING RETURNING 1`,
      [one.repairId, one.subjectId, one.villageCode, one.groupCode, one.fact, one.item, one.valueHash, one.endedOn, one.statement, one.proofSha256, one.pledgeSha256, one.scanSha256, this.tx.actor.principal, this.tx.today],
    );
    if (added.length === 0) throw new Problem('repair.open', { fact: one.fact });
  }

  async lock(repairId: string): Promise<Repair> {
    const [row] = await this.tx.manager.query<Repair[]>(`SELECT ${columns} FROM repair WHERE repair_id = $1 FOR UPDATE`, [repairId]);
    if (!row) throw new Problem('not-found', { repairId });
    return row;
  }

  async villageConfirmed(repairId: string): Promise<void> {
    await this.tx.manager.query(`UPDATE repair SET state = 'village-checked', village_checked_by = $2, village_checked_on = $3 WHERE repair_id = $1`, [repairId, this.tx.actor.principal, this.tx.today]);
  }

  async townConfirmed(repairId: string): Promise<void> {
    await this.tx.manager.query('UPDATE repair SET town_checked_by = $2, town_checked_on = $3 WHERE repair_id = $1', [repairId, this.tx.actor.principal, this.tx.today]);
  }

  async publicationAsked(repairId: string): Promise<void> {
    await this.tx.manager.query(`UPDATE repair SET state = 'published', publication_asked_on = $2 WHERE repair_id = $1`, [repairId, this.tx.today]);
  }

  async refuse(repairId: string, reasons: Buffer, reviewLastDay: PlainDate): Promise<void> {
    await this.tx.manager.query(`UPDATE repair SET state = 'refused', reasons = $2, review_last_day = $3, decided_by = $4, decided_on = $5 WHERE repair_id = $1`, [repairId, reasons, reviewLastDay, this.tx.actor.principal, this.tx.today]);
  }

  async grant(repairId: string, reasons: Buffer, observationLastDay: PlainDate): Promise<void> {
    await this.tx.manager.query(`UPDATE repair SET state = 'granted', reasons = $2, observation_last_day = $3, decided_by = $4, decided_on = $5 WHERE repair_id = $1`, [
      repairId,
      reasons,
      observationLastDay,
      this.tx.actor.principal,
      this.tx.today,
    ]);
  }

  async askReview(repairId: string, statement: Buffer): Promise<void> {
    await this.tx.manager.query(`UPDATE repair SET state = 'review', review_statement = $2, review_asked_on = $3, first_decided_by = decided_by WHERE repair_id = $1`, [repairId, statement, this.tx.today]);
  }

  page(scopes: readonly string[], state: string | null, after: string | null, limit: number): Promise<Repair[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM repair WHERE village_code LIKE ANY($1) AND ($2::text IS NULL OR state = $2) AND ($3::uuid IS NULL OR repair_id < $3::uuid) ORDER BY repair_id DESC LIMIT $4`,
      [scopes.map((scope) => `${scope}%`), state, after, limit],
    );
  }

  ofSubject(subjectId: string, state: string | null, after: string | null, limit: number): Promise<Repair[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM repair WHERE subject_id = $1 AND ($2::text IS NULL OR state = $2) AND ($3::uuid IS NULL OR repair_id < $3::uuid) ORDER BY repair_id DESC LIMIT $4`,
      [subjectId, state, after, limit],
    );
  }

  /** 信用修复公示: the subject and its group, never the fact. */
  async publicationContent(repairId: string): Promise<RowOf<typeof sharedReads.publicationContent>[]> {
    const [row] = await this.tx.manager.query<Repair[]>(`SELECT ${columns} FROM repair WHERE repair_id = $1`, [repairId]);
    if (!row) throw new Problem('not-found', { repairId });
    const { subjectId, groupCode, appliedOn } = row;
    return [{ heading: { year: appliedOn.slice(0, 4), subjects: '1' } }, { subjectId, groupCode, result: null }];
  }
}
