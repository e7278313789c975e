import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export type WorkState = 'open' | 'reported' | 'closed';
export type WorkAct = 'listed' | 'handed-over' | 'reported' | 'confirmed' | 'reopened';

/** 工作清单的一项 */
export interface WorkItem {
  readonly itemId: string;
  readonly divisionCode: string;
  readonly title: string;
  readonly templateCode: string | null;
  readonly ownerId: string;
  readonly dueOn: PlainDate;
  readonly state: WorkState;
  readonly listedOn: PlainDate;
  /** 完成之日, as its owner reported it. */
  readonly doneOn: PlainDate | null;
  readonly reportedBy: string | null;
  readonly evidenceSha256: string | null;
  readonly confirmedBy: string | null;
  readonly confirmedOn: PlainDate | null;
}

export type ListedWork = Pick<WorkItem, 'itemId' | 'divisionCode' | 'title' | 'templateCode' | 'ownerId' | 'dueOn'>;

export interface WorkStep {
  readonly act: WorkAct;
  readonly step: number;
  readonly actedBy: string;
  readonly actedOn: PlainDate;
  readonly ownerId: string;
  readonly dueOn: PlainDate;
  readonly evidenceSha256: string | null;
  readonly reason: Buffer | null;
}

const columns = `item_id AS "itemId", division_code AS "divisionCode", title, template_code AS "templateCode", owner_id AS "ownerId", due_on AS "dueOn", state, listed_on AS "listedOn", done_on AS "doneOn",
  reported_by AS "reportedBy", evidence_sha256 AS "evidenceSha256", confirmed_by AS "confirmedBy", confirmed_on AS "confirmedOn"`;
const rank = (today: string): string => `(CASE WHEN state = 'open' AND due_on < ${today} THEN 0 WHEN state = 'closed' THEN 2 ELSE 1 END)`;

/** All SQL of the checklist. */
export class WorkItemStore {
  constructor(private readonly tx: Tx) {}

  /** How many were new: an item of the default checklist is listed once per division. */
  async list(items: readonly ListedWork[]): Promise<number> {
    const added = await this.tx.manager.query<unknown[]>(
      `WITH added AS (INSERT INTO work_item (item_id, division_code, title, template_code, owner_id, due_on, state, listed_on)
         SELECT "itemId", "divisionCode", title, "templateCode", "ownerId", "dueOn", 'open', $2 FROM jsonb_to_recordset($1::jsonb)
           AS r("itemId" uuid, "divisionCode" text, title text, "templateCode" text, "ownerId" uuid, "dueOn" date)
         ON CONFLICT (division_code, template_code) WHERE template_code IS NOT NULL DO NOTHING RETURNING item_id, owner_id, due_on)
       INSERT INTO work_item_step (item_id, step, act, acted_by, acted_on, owner_id, due_on) SELECT item_id, 1, 'listed', $3, $2, owner_id, due_on FROM added RETURNING 1`,
      [JSON.stringify(items), this.tx.today, this.tx.actor.principal],
    );
    return added.length;
  }

  async lock(itemId: string): Promise<WorkItem> {
    const [row] = await this.tx.manager.query<WorkItem[]>(`SELECT ${columns} FROM work_item WHERE item_id = $1 FOR UPDATE`, [itemId]);
    if (!row) throw new Problem('not-found', { itemId });
    return row;
  }

  async byId(itemId: string): Promise<WorkItem> {
    const [row] = await this.tx.manager.query<WorkItem[]>(`SELECT ${columns} FROM work_item WHERE item_id = $1`, [itemId]);
    if (!row) throw new Problem('not-found', { itemId });
    return row;
  }

  /** Saves what a step made of the item, and the step itself. */
  async move(item: WorkItem, act: WorkAct, reason: Buffer | null = null): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query(
      'UPDATE work_item SET owner_id = $2, due_on = $3, state = $4, done_on = $5, reported_by = $6, evidence_sha256 = $7, confirmed_by = $8, confirmed_on = $9 WHERE item_id = $1',
      [item.itemId, item.ownerId, item.dueOn, item.state, item.doneOn, item.reportedBy, item.evidenceSha256, item.confirmedBy, item.confirmedOn],
    );
    await manager.query(
      `INSERT INTO work_item_step (item_id, step, act, acted_by, acted_on, owner_id, due_on, evidence_sha256, reason)
       SELECT $1, max(step) + 1, $2, $3, $4, $5, $6, $7, $8 FROM work_item_step WHERE item_id = $1`,
      [item.itemId, act, actor.principal, today, item.ownerId, item.dueOn, item.evidenceSha256, reason],
    );
  }

  stepsOf(itemId: string): Promise<WorkStep[]> {
    return this.tx.manager.query(
      `SELECT act, step, acted_by AS "actedBy", acted_on AS "actedOn", owner_id AS "ownerId", due_on AS "dueOn", evidence_sha256 AS "evidenceSha256", reason FROM work_item_step WHERE item_id = $1 ORDER BY step`,
      [itemId],
    );
  }

  /** Overdue ones first, then what is open or to be confirmed, then what is closed; by due day. `rank` is part of the cursor. */
  page(scopes: readonly string[], under: string, filter: { state: WorkState | null; ownerId: string | null }, after: readonly string[] | null, limit: number): Promise<(WorkItem & { rank: number })[]> {
    return this.tx.manager.query(
      `SELECT ${columns}, ${rank('$3::date')} AS rank FROM work_item
       WHERE division_code LIKE ANY($1) AND division_code LIKE $2 AND ($4::text IS NULL OR state = $4) AND ($5::uuid IS NULL OR owner_id = $5)
         AND ($6::int IS NULL OR (${rank('$3::date')}, due_on, item_id) > ($6, $7::date, $8::uuid)) ORDER BY rank, due_on, item_id LIMIT $9`,
      [scopes.map((scope) => `${scope}%`), `${under}%`, this.tx.today, filter.state, filter.ownerId, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, limit],
    );
  }

  /** Roles an account holds today, with the division of each. */
  rolesOf(accountIds: readonly string[]): Promise<{ accountId: string; role: string; divisionCode: string }[]> {
    return this.tx.manager.query(
      `SELECT account_id AS "accountId", role, division_code AS "divisionCode" FROM post WHERE account_id = ANY($1) AND from_on <= $2 AND (to_on IS NULL OR to_on >= $2)`,
      [accountIds, this.tx.today],
    );
  }
}
