import { Problem } from '@credit/contracts';
import { newId, type Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 采集任务 */
export interface CollectionTask {
  readonly taskId: string;
  readonly householdId: string;
  readonly householdNo: string;
  readonly villageCode: string;
  readonly collectorId: string;
  readonly dueOn: PlainDate;
  readonly state: 'open' | 'done' | 'missed';
  readonly missedReason: string | null;
  readonly nextOn: PlainDate | null;
}

const columns = `t.task_id AS "taskId", t.household_id AS "householdId", s.subject_no AS "householdNo", t.village_code AS "villageCode", t.collector_id AS "collectorId", t.due_on AS "dueOn", t.state,
  t.missed_reason AS "missedReason", t.next_on AS "nextOn"`;
const from = 'FROM collection_task t JOIN subject s ON s.subject_id = t.household_id';

/** All SQL of collection tasks. */
export class TaskStore {
  constructor(private readonly tx: Tx) {}

  /** One open task per household; those that have one keep it. Answers how many were given. */
  async assign(householdIds: readonly string[], collectorId: string, dueOn: PlainDate): Promise<number> {
    const rows = JSON.stringify(householdIds.map((householdId) => ({ taskId: newId(), householdId })));
    const added = await this.tx.manager.query<unknown[]>(
      `INSERT INTO collection_task (task_id, household_id, village_code, collector_id, due_on, state, assigned_by, assigned_on)
       SELECT r."taskId", s.subject_id, s.village_code, $2, $3, 'open', $4, $5 FROM jsonb_to_recordset($1::jsonb) AS r("taskId" uuid, "householdId" uuid)
       JOIN subject s ON s.subject_id = r."householdId" AND s.kind = 'household' ON CONFLICT DO NOTHING RETURNING 1`,
      [rows, collectorId, dueOn, this.tx.actor.principal, this.tx.today],
    );
    return added.length;
  }

  async lock(taskId: string): Promise<CollectionTask> {
    const [row] = await this.tx.manager.query<CollectionTask[]>(`SELECT ${columns} ${from} WHERE t.task_id = $1 FOR UPDATE OF t`, [taskId]);
    if (!row) throw new Problem('not-found', { taskId });
    return row;
  }

  async close(taskId: string, state: 'done' | 'missed', reason: string | null, nextOn: PlainDate | null): Promise<void> {
    await this.tx.manager.query('UPDATE collection_task SET state = $2, missed_reason = $3, next_on = $4, closed_on = $5 WHERE task_id = $1', [taskId, state, reason, nextOn, this.tx.today]);
  }

  ofCollector(collectorId: string): Promise<CollectionTask[]> {
    return this.tx.manager.query(`SELECT ${columns} ${from} WHERE t.collector_id = $1 AND t.state = 'open' ORDER BY t.due_on, s.subject_no`, [collectorId]);
  }

  page(scopes: readonly string[], under: string, state: string | null, before: string | null, limit: number): Promise<CollectionTask[]> {
    return this.tx.manager.query(
      `SELECT ${columns} ${from} WHERE t.village_code LIKE ANY($1) AND t.village_code LIKE $2 AND ($3::text IS NULL OR t.state = $3) AND ($4::uuid IS NULL OR t.task_id < $4) ORDER BY t.task_id DESC LIMIT $5`,
      [scopes.map((scope) => `${scope}%`), `${under}%`, state, before, limit],
    );
  }

  progress(scopes: readonly string[], under: string): Promise<{ collectorId: string; open: number; done: number; missed: number; overdue: number }[]> {
    return this.tx.manager.query(
      `SELECT collector_id AS "collectorId", count(*) FILTER (WHERE state = 'open')::int AS open, count(*) FILTER (WHERE state = 'done')::int AS done, count(*) FILTER (WHERE state = 'missed')::int AS missed,
         count(*) FILTER (WHERE state = 'open' AND due_on < $3)::int AS overdue
       FROM collection_task WHERE village_code LIKE ANY($1) AND village_code LIKE $2 GROUP BY 1 ORDER BY 1`,
      [scopes.map((scope) => `${scope}%`), `${under}%`, this.tx.today],
    );
  }
}
