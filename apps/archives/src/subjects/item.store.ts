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
}

const columns = 'subject_id AS "subjectId", item, version, value, value_hash AS "valueHash", source, collected_by AS "collectedBy", collected_on AS "collectedOn"';

/** 数据项的值 — nothing is overwritten: a correction is a further version. */
export class ItemStore {
  constructor(private readonly tx: Tx) {}

  /** The newest version of every item of the subjects. */
  currentOf(subjectIds: readonly string[]): Promise<ItemValue[]> {
    return this.tx.manager.query(`SELECT DISTINCT ON (subject_id, item) ${columns} FROM item_value WHERE subject_id = ANY($1) ORDER BY subject_id, item, version DESC`, [subjectIds]);
  }

  async insertAll(values: readonly ItemValue[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO item_value (subject_id, item, version, value, value_hash, source, collected_by, collected_on)
       SELECT "subjectId", item, version, value, "valueHash", source, "collectedBy", "collectedOn" FROM jsonb_to_recordset($1::jsonb)
         AS r("subjectId" uuid, item text, version int, value bytea, "valueHash" text, source text, "collectedBy" uuid, "collectedOn" date)`,
      [JSON.stringify(values.map((value) => ({ ...value, value: `\\x${value.value.toString('hex')}` })))],
    );
  }
}

/** Where an item's value is sealed; a value moved elsewhere no longer opens. */
export function itemPlace(subjectId: string, item: string): readonly [string, string, string] {
  return ['item_value', subjectId, item];
}
