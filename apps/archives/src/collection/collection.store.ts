import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export type Outcome = 'stored' | 'same' | 'conflict' | 'refused';

/** 采集记录 as received, with what became of it. */
export interface ReceivedRecord {
  readonly recordId: string;
  readonly deviceId: string;
  readonly sequence: number;
  readonly contentHash: string;
  readonly subjectId: string;
  readonly item: string;
  readonly outcome: Outcome;
  readonly version: number | null;
  readonly message: string | null;
}

export interface Conflict {
  readonly recordId: string;
  readonly subjectId: string;
  readonly villageCode: string;
  readonly item: string;
  readonly presentVersion: number;
  readonly value: Buffer;
  readonly collectedBy: string;
  readonly collectedOn: PlainDate;
  readonly resolution: 'present' | 'other' | null;
}

const recordColumns = 'record_id AS "recordId", device_id AS "deviceId", sequence::int8 AS sequence, content_hash AS "contentHash", subject_id AS "subjectId", item, outcome, version, message';
const conflictColumns = `record_id AS "recordId", subject_id AS "subjectId", village_code AS "villageCode", item, present_version AS "presentVersion", value, collected_by AS "collectedBy",
  collected_on AS "collectedOn", resolution`;

/** All SQL of what devices send. */
export class CollectionStore {
  constructor(private readonly tx: Tx) {}

  /** One batch at a time works on a household: the others wait for its lock. */
  async lockSubjects(subjectIds: readonly string[]): Promise<Map<string, { villageCode: string; groupCode: string; kind: 'household' | 'entity' | 'collective' }>> {
    const rows = await this.tx.manager.query<{ id: string; villageCode: string; groupCode: string; kind: 'household' | 'entity' | 'collective' }[]>(
      'SELECT subject_id AS id, village_code AS "villageCode", group_code AS "groupCode", kind FROM subject WHERE subject_id = ANY($1) AND erased_on IS NULL AND closed_on IS NULL ORDER BY subject_id FOR NO KEY UPDATE',
      [subjectIds],
    );
    return new Map(rows.map(({ id, ...subject }) => [id, subject]));
  }

  async known(recordIds: readonly string[]): Promise<Map<string, ReceivedRecord>> {
    const rows = await this.tx.manager.query<ReceivedRecord[]>(`SELECT ${recordColumns} FROM collection_record WHERE record_id = ANY($1)`, [recordIds]);
    return new Map(rows.map((row) => [row.recordId, row]));
  }

  /** Problem `collection.sequence-reused` when a device gave one number to two records. */
  async insertRecords(records: readonly ReceivedRecord[]): Promise<void> {
    const added = await this.tx.manager.query<unknown[]>(
      `INSERT INTO collection_record (record_id, device_id, sequence, content_hash, subject_id, item, outcome, version, message, sent_by, received_at)
       SELECT "recordId", "deviceId", sequence, "contentHash", "subjectId", item, outcome, version, message, $2, $3
       FROM jsonb_to_recordset($1::jsonb) AS r("recordId" uuid, "deviceId" text, sequence bigint, "contentHash" text, "subjectId" uuid, item text, outcome text, version int, message text)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [JSON.stringify(records), this.tx.actor.accountId, this.tx.now],
    );
    if (added.length !== records.length) throw new Problem('collection.sequence-reused');
  }

  async insertConflicts(conflicts: readonly Omit<Conflict, 'resolution'>[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO collection_conflict (record_id, subject_id, village_code, item, present_version, value, collected_by, collected_on)
       SELECT "recordId", "subjectId", "villageCode", item, "presentVersion", value, "collectedBy", "collectedOn" FROM jsonb_to_recordset($1::jsonb)
         AS r("recordId" uuid, "subjectId" uuid, "villageCode" text, item text, "presentVersion" int, value bytea, "collectedBy" uuid, "collectedOn" date)`,
      [JSON.stringify(conflicts.map((one) => ({ ...one, value: `\\x${one.value.toString('hex')}` })))],
    );
  }

  openConflicts(scopes: readonly string[], under: string, limit: number): Promise<Conflict[]> {
    return this.tx.manager.query(`SELECT ${conflictColumns} FROM collection_conflict WHERE resolution IS NULL AND village_code LIKE ANY($1) AND village_code LIKE $2 ORDER BY record_id LIMIT $3`, [
      scopes.map((scope) => `${scope}%`),
      `${under}%`,
      limit,
    ]);
  }

  async lockConflict(recordId: string): Promise<Conflict> {
    const [row] = await this.tx.manager.query<Conflict[]>(`SELECT ${conflictColumns} FROM collection_conflict WHERE record_id = $1 FOR UPDATE`, [recordId]);
    if (!row) throw new Problem('not-found', { recordId });
    return row;
  }

  async resolve(recordId: string, resolution: 'present' | 'other'): Promise<void> {
    await this.tx.manager.query('UPDATE collection_conflict SET resolution = $2, resolved_by = $3, resolved_on = $4 WHERE record_id = $1', [recordId, resolution, this.tx.actor.principal, this.tx.today]);
  }
}
