import type { Tx } from '@credit/platform';

/** 逾期未答复的复议 — whether it is overdue is computed when it is read. */
export interface Overdue {
  readonly id: string;
  readonly objectionIds: readonly string[];
  readonly owner: string;
  readonly divisionCode: string;
  readonly groupCode: string;
  readonly subjectId: string;
  readonly state: string;
  readonly receivedOn: string;
  readonly answerDueOn: string;
  readonly daysOverdue: number;
  readonly escalatedAt: Date | null;
}

interface Filter {
  readonly scopes: readonly string[];
  readonly under: string;
  readonly after: readonly string[] | null;
  readonly limit: number;
}

/** Reading SQL of what is overdue. */
export class OverdueStore {
  constructor(private readonly tx: Tx) {}

  /** The longest overdue first, within the divisions of the reader. */
  list({ scopes, under, after, limit }: Filter): Promise<Overdue[]> {
    return this.tx.manager.query(
      `SELECT r.id, array(SELECT o.id FROM objection o WHERE o.reconsideration_id = r.id AND o.state = 'admitted' ORDER BY o.id) AS "objectionIds", r.owner,
         r.division_code AS "divisionCode", r.group_code AS "groupCode", r.subject_id AS "subjectId", r.state, r.received_on AS "receivedOn",
         r.answer_due_on AS "answerDueOn", $1::date - r.answer_due_on AS "daysOverdue", r.escalated_at AS "escalatedAt"
       FROM reconsideration r
       WHERE r.state IN ('admitted', 'panel-convened') AND r.answer_due_on < $1 AND r.division_code LIKE ANY($2) AND r.division_code LIKE $3
         AND ($4::date IS NULL OR (r.answer_due_on, r.id) > ($4, $5::uuid))
       ORDER BY r.answer_due_on, r.id LIMIT $6`,
      [this.tx.today, scopes.map((scope) => `${scope}%`), `${under}%`, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
  }
}
