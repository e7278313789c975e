import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export interface ItemValue {
  readonly subjectId: string;
  readonly item: string;
  readonly version: number;
  readonly value: Buffer;
  readonly valueHash: string;
  readonly source: string;
  readonly collectedBy: string;
  readonly collectedOn: PlainDate;
  readonly evidenceSha256: string | null;
  /** 所属期间, such as a year. */
  readonly period: string | null;
}

export interface Verdict {
  readonly verdict: 'right' | 'wrong' | 'cannot-tell' | null;
  readonly note: Buffer | null;
  readonly givenBy: string | null;
  readonly givenOn: PlainDate | null;
}

const columns = 'subject_id AS "subjectId", item, version, value, value_hash AS "valueHash", source, collected_by AS "collectedBy", collected_on AS "collectedOn", evidence_sha256 AS "evidenceSha256", period';

/** 数据项的值 — nothing is overwritten: a correction is a further version. */
export class ItemStore {
  constructor(private readonly tx: Tx) {}

  /** The newest version of every item of the subjects. */
  currentOf(subjectIds: readonly string[]): Promise<ItemValue[]> {
    return this.tx.manager.query(`SELECT DISTINCT ON (subject_id, item) ${columns} FROM item_value WHERE subject_id = ANY($1) ORDER BY subject_id, item, version DESC`, [subjectIds]);
  }

  /** Version and hash of the newest value of every item, by subject and item; the values themselves stay sealed where they are. */
  async currentVersions(subjectIds: readonly string[]): Promise<Map<string, { version: number; valueHash: string }>> {
    const rows = await this.tx.manager.query<{ key: string; version: number; valueHash: string }[]>(
      `SELECT DISTINCT ON (subject_id, item) subject_id || ' ' || item AS key, version, value_hash AS "valueHash" FROM item_value WHERE subject_id = ANY($1) ORDER BY subject_id, item, version DESC`,
      [subjectIds],
    );
    return new Map(rows.map(({ key, ...current }) => [key, current]));
  }

  /** 截至某日 — the newest version collected by the end of that day. */
  asOf(subjectId: string, day: PlainDate): Promise<ItemValue[]> {
    return this.tx.manager.query(`SELECT DISTINCT ON (item) ${columns} FROM item_value WHERE subject_id = $1 AND collected_on <= $2 ORDER BY item, version DESC`, [subjectId, day]);
  }

  /** Every version of one item with its verdict, the oldest first. */
  history(subjectId: string, item: string): Promise<(ItemValue & Verdict)[]> {
    return this.tx.manager.query(
      `SELECT v.subject_id AS "subjectId", item, version, v.value, v.value_hash AS "valueHash", v.source, collected_by AS "collectedBy", v.collected_on AS "collectedOn", v.evidence_sha256 AS "evidenceSha256", v.period,
         d.verdict, d.note, d.given_by AS "givenBy", d.given_on AS "givenOn"
       FROM item_value v LEFT JOIN item_verdict d USING (subject_id, item, version, collected_by) WHERE v.subject_id = $1 AND item = $2 ORDER BY version`,
      [subjectId, item],
    );
  }

  async insertVerdicts(verdicts: readonly { subjectId: string; item: string; version: number; collectedBy: string; verdict: string; note: Buffer | null }[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO item_verdict (subject_id, item, version, collected_by, verdict, note, given_by, given_on)
       SELECT "subjectId", item, version, "collectedBy", verdict, note, $2, $3 FROM jsonb_to_recordset($1::jsonb) AS r("subjectId" uuid, item text, version int, "collectedBy" uuid, verdict text, note bytea)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(verdicts.map((one) => ({ ...one, note: one.note ? `\\x${one.note.toString('hex')}` : null }))), this.tx.actor.accountId, this.tx.today],
    );
  }

  async insertAll(values: readonly ItemValue[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO item_value (subject_id, item, version, value, value_hash, source, collected_by, collected_on, evidence_sha256, period)
       SELECT "subjectId", item, version, value, "valueHash", source, "collectedBy", "collectedOn", "evidenceSha256", period FROM jsonb_to_recordset($1::jsonb)
         AS r("subjectId" uuid, item text, version int, value bytea, "valueHash" text, source text, "collectedBy" uuid, "collectedOn" date, "evidenceSha256" text, period text)`,
      [JSON.stringify(values.map((value) => ({ ...value, value: `\\x${value.value.toString('hex')}` })))],
    );
  }
}

/** Where an item's value is sealed; a value moved elsewhere no longer opens. */
export function itemPlace(subjectId: string, item: string): readonly [string, string, string] {
  return ['item_value', subjectId, item];
}
