import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 一户对一个经营主体的控制 */
export interface Control {
  readonly controlId: string;
  readonly entityId: string;
  readonly householdId: string;
  readonly role: string;
  /** Hundredths of a percent; null: this household alone. */
  readonly shareHundredths: number | null;
  readonly fromOn: PlainDate;
  readonly toOn: PlainDate | null;
  readonly evidenceSha256: string;
}

export interface ShownControl extends Control {
  readonly entityName: string;
  readonly entityCode: string;
  readonly householdNo: string;
  readonly householdGroup: string;
}

const columns = `c.control_id AS "controlId", c.entity_id AS "entityId", c.household_id AS "householdId", c.role, c.share_hundredths AS "shareHundredths", c.from_on AS "fromOn", c.to_on AS "toOn",
  c.evidence_sha256 AS "evidenceSha256"`;

/** 经营主体与控制它的农户 */
export class ControlStore {
  constructor(private readonly tx: Tx) {}

  /** Holds the entity, so that its shares are counted by one at a time. Problem `not-found`. */
  async lockEntity(entityId: string): Promise<{ groupCode: string }> {
    const [row] = await this.tx.manager.query<{ groupCode: string }[]>(`SELECT group_code AS "groupCode" FROM subject WHERE subject_id = $1 AND kind = 'entity' FOR NO KEY UPDATE`, [entityId]);
    if (!row) throw new Problem('not-found', { entityId });
    return row;
  }

  /** Everything that runs on some day from this one on. */
  since(entityId: string, on: PlainDate): Promise<Control[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM entity_control c WHERE entity_id = $1 AND (to_on IS NULL OR to_on > $2) ORDER BY from_on`, [entityId, on]);
  }

  async insert({ controlId, entityId, householdId, role, shareHundredths, fromOn, evidenceSha256 }: Omit<Control, 'toOn'>): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query(
      `INSERT INTO entity_control (control_id, entity_id, household_id, role, share_hundredths, from_on, evidence_sha256, recorded_by, recorded_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [controlId, entityId, householdId, role, shareHundredths, fromOn, evidenceSha256, actor.principal, today],
    );
  }

  async lock(controlId: string): Promise<Control & { groupCode: string }> {
    const [row] = await this.tx.manager.query<(Control & { groupCode: string })[]>(
      `SELECT ${columns}, s.group_code AS "groupCode" FROM entity_control c JOIN subject s ON s.subject_id = c.entity_id WHERE control_id = $1 FOR UPDATE OF c`,
      [controlId],
    );
    if (!row) throw new Problem('not-found', { controlId });
    return row;
  }

  async end(controlId: string, on: PlainDate, evidenceSha256: string): Promise<void> {
    await this.tx.manager.query('UPDATE entity_control SET to_on = $2, ended_by = $3, end_evidence_sha256 = $4 WHERE control_id = $1', [controlId, on, this.tx.actor.principal, evidenceSha256]);
  }

  /** A closed household controls nothing any more. */
  async endOf(householdIds: readonly string[], on: PlainDate): Promise<void> {
    await this.tx.manager.query('UPDATE entity_control SET to_on = greatest($2::date, from_on), ended_by = $3 WHERE household_id = ANY($1) AND to_on IS NULL', [householdIds, on, this.tx.actor.principal]);
  }

  /** From either side, as of a day or of all time; by the day it began. */
  page(side: 'entity' | 'household', subjectId: string, on: PlainDate | null, after: readonly string[] | null, limit: number): Promise<ShownControl[]> {
    return this.tx.manager.query(
      `SELECT ${columns}, e.registered_name AS "entityName", e.subject_no AS "entityCode", h.subject_no AS "householdNo", h.group_code AS "householdGroup"
       FROM entity_control c JOIN subject e ON e.subject_id = c.entity_id JOIN subject h ON h.subject_id = c.household_id
       WHERE c.${side}_id = $1 AND ($2::date IS NULL OR (c.from_on <= $2 AND (c.to_on IS NULL OR c.to_on > $2))) AND ($3::date IS NULL OR (c.from_on, c.control_id) > ($3::date, $4::uuid))
       ORDER BY c.from_on, c.control_id LIMIT $5`,
      [subjectId, on, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
  }
}
