import { Problem, type SubjectKind } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export interface KnownLoad {
  readonly loadId: string;
  readonly villageCode: string;
  readonly source: string;
  /** 数据日期 */
  readonly dataOn: PlainDate;
  readonly loadedBy: string;
  readonly loadedOn: PlainDate;
  readonly loaded: number;
  readonly same: number;
  readonly differing: number;
  readonly withheld: number;
}

export interface NewDifference {
  readonly differenceId: string;
  readonly loadId: string;
  readonly subjectId: string;
  readonly villageCode: string;
  readonly item: string;
  readonly source: string;
  readonly value: Buffer;
}

/** 与现有内容不同的一项, with the delivery it came from. */
export interface Difference extends NewDifference {
  readonly subjectKind: SubjectKind;
  readonly subjectNo: string;
  readonly dataOn: PlainDate;
  readonly loadedBy: string;
  readonly resolution: 'present' | 'other' | 'superseded' | null;
}

export interface KnownVersion {
  readonly subjectId: string;
  readonly item: string;
  readonly version: number;
}

const differences = `SELECT d.difference_id AS "differenceId", d.load_id AS "loadId", d.subject_id AS "subjectId", d.village_code AS "villageCode", d.item, d.source, d.value,
  s.kind AS "subjectKind", s.subject_no AS "subjectNo", l.data_on AS "dataOn", l.loaded_by AS "loadedBy", d.resolution
  FROM known_difference d JOIN known_load l USING (load_id) JOIN subject s ON s.subject_id = d.subject_id`;

/** All SQL of what was known before anybody was asked. 三(六)1、四(三) */
export class KnownStore {
  constructor(private readonly tx: Tx) {}

  async insertLoad(load: Omit<KnownLoad, 'loadedBy' | 'loadedOn'>): Promise<void> {
    await this.tx.manager.query(
      'INSERT INTO known_load (load_id, village_code, source, data_on, loaded_by, loaded_on, loaded, same, differing, withheld) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
      [load.loadId, load.villageCode, load.source, load.dataOn, this.tx.actor.accountId, this.tx.today, load.loaded, load.same, load.differing, load.withheld],
    );
  }

  async mark(loadId: string, versions: readonly KnownVersion[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO known_value (subject_id, item, version, load_id, stored_on) SELECT "subjectId", item, version, $2, $3 FROM jsonb_to_recordset($1::jsonb) AS r("subjectId" uuid, item text, version int)`,
      [JSON.stringify(versions), loadId, this.tx.today],
    );
  }

  /** The versions of the subjects that deliveries of this source brought. */
  broughtBy(source: string, subjectIds: readonly string[]): Promise<KnownVersion[]> {
    return this.tx.manager.query(
      'SELECT v.subject_id AS "subjectId", v.item, v.version FROM known_value v JOIN known_load l USING (load_id) WHERE v.subject_id = ANY($1) AND l.source = $2',
      [subjectIds, source],
    );
  }

  openOf(source: string, subjectIds: readonly string[]): Promise<{ subjectId: string; item: string; value: Buffer }[]> {
    return this.tx.manager.query('SELECT subject_id AS "subjectId", item, value FROM known_difference WHERE subject_id = ANY($1) AND source = $2 AND resolution IS NULL', [subjectIds, source]);
  }

  /** What an earlier delivery of the source offered for these items is no longer the question. */
  async supersede(source: string, items: readonly { subjectId: string; item: string }[]): Promise<void> {
    await this.tx.manager.query(
      `UPDATE known_difference d SET resolution = 'superseded', resolved_by = $3, resolved_on = $4 FROM jsonb_to_recordset($1::jsonb) AS r("subjectId" uuid, item text)
       WHERE d.subject_id = r."subjectId" AND d.item = r.item AND d.source = $2 AND d.resolution IS NULL`,
      [JSON.stringify(items), source, this.tx.actor.principal, this.tx.today],
    );
  }

  async offer(offered: readonly NewDifference[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO known_difference (difference_id, load_id, subject_id, village_code, item, source, value)
       SELECT "differenceId", "loadId", "subjectId", "villageCode", item, source, value FROM jsonb_to_recordset($1::jsonb)
         AS r("differenceId" uuid, "loadId" uuid, "subjectId" uuid, "villageCode" text, item text, source text, value bytea)`,
      [JSON.stringify(offered.map((one) => ({ ...one, value: `\\x${one.value.toString('hex')}` })))],
    );
  }

  async lock(differenceId: string): Promise<Difference> {
    const [row] = await this.tx.manager.query<Difference[]>(`${differences} WHERE d.difference_id = $1 FOR UPDATE OF d`, [differenceId]);
    if (!row) throw new Problem('not-found', { differenceId });
    return row;
  }

  async resolve(differenceId: string, resolution: 'present' | 'other'): Promise<void> {
    await this.tx.manager.query('UPDATE known_difference SET resolution = $2, resolved_by = $3, resolved_on = $4 WHERE difference_id = $1', [differenceId, resolution, this.tx.actor.principal, this.tx.today]);
  }

  openPage(scopes: readonly string[], under: string, after: string | null, limit: number): Promise<Difference[]> {
    return this.tx.manager.query(
      `${differences} WHERE d.resolution IS NULL AND s.erased_on IS NULL AND d.village_code LIKE ANY($1) AND d.village_code LIKE $2 AND ($3::uuid IS NULL OR d.difference_id > $3) ORDER BY d.difference_id LIMIT $4`,
      [scopes.map((scope) => `${scope}%`), `${under}%`, after, limit],
    );
  }

  loads(scopes: readonly string[], under: string, before: string | null, limit: number): Promise<KnownLoad[]> {
    return this.tx.manager.query(
      `SELECT load_id AS "loadId", village_code AS "villageCode", source, data_on AS "dataOn", loaded_by AS "loadedBy", loaded_on AS "loadedOn", loaded, same, differing, withheld FROM known_load
       WHERE village_code LIKE ANY($1) AND village_code LIKE $2 AND ($3::uuid IS NULL OR load_id < $3) ORDER BY load_id DESC LIMIT $4`,
      [scopes.map((scope) => `${scope}%`), `${under}%`, before, limit],
    );
  }

  /** 还缺的 — a collector's open tasks whose household lacks some of these items, by due day. */
  gaps(collectorId: string, items: readonly string[], after: readonly string[] | null, limit: number): Promise<{ taskId: string; householdId: string; householdNo: string; dueOn: PlainDate; known: string[] }[]> {
    return this.tx.manager.query(
      `SELECT t.task_id AS "taskId", t.household_id AS "householdId", s.subject_no AS "householdNo", t.due_on AS "dueOn", k.items AS known
       FROM collection_task t JOIN subject s ON s.subject_id = t.household_id
       CROSS JOIN LATERAL (SELECT coalesce(array_agg(DISTINCT v.item), '{}') AS items FROM item_value v WHERE v.subject_id = t.household_id AND v.item = ANY($2)) k
       WHERE t.collector_id = $1 AND t.state = 'open' AND cardinality(k.items) < cardinality($2::text[]) AND ($3::date IS NULL OR (t.due_on, t.task_id) > ($3, $4::uuid))
       ORDER BY t.due_on, t.task_id LIMIT $5`,
      [collectorId, items, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
  }
}
