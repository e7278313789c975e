import type { Tx } from '@credit/platform';
import type { Attempt } from './webhook.store';

export interface Receipt {
  readonly notificationId: string;
  readonly attempt: number;
  readonly outcome: 'delivered' | 'failed';
  /** Why it failed, as a code; null when it was delivered. */
  readonly reason: string | null;
}

/** All SQL of the operator's receipts. */
export class ReceiptStore {
  constructor(private readonly tx: Tx) {}

  /**
   * Notes receipts of attempts that were really made and returns those that were news. One answer per attempt; only a
   * delivery after a failure is news again, because networks report late success.
   */
  note(receipts: readonly Receipt[]): Promise<Receipt[]> {
    return this.tx.manager.query(
      `WITH given AS (
         SELECT DISTINCT ON ("notificationId", attempt) * FROM jsonb_to_recordset($1::jsonb) AS r("notificationId" uuid, attempt int, outcome text, reason text)
         ORDER BY "notificationId", attempt, outcome),
       noted AS (
         INSERT INTO receipt (notification_id, attempt, outcome)
         SELECT g."notificationId", g.attempt, g.outcome FROM given g
         JOIN webhook_delivery w ON w.notification_id = g."notificationId" AND (w.attempt > g.attempt OR (w.attempt = g.attempt AND w.tries > 0))
         ON CONFLICT (notification_id, attempt) DO UPDATE SET outcome = EXCLUDED.outcome, received_at = clock_timestamp()
           WHERE receipt.outcome = 'failed' AND EXCLUDED.outcome = 'delivered'
         RETURNING notification_id, attempt)
       SELECT g.* FROM given g JOIN noted n ON n.notification_id = g."notificationId" AND n.attempt = g.attempt`,
      [JSON.stringify(receipts)],
    );
  }

  /** What was never taken over counts as failed, so that a late report of the same failure is not counted twice. */
  async noteGivenUp(attempts: readonly Attempt[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO receipt (notification_id, attempt, outcome)
       SELECT id, attempt, 'failed' FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, attempt int) ON CONFLICT DO NOTHING`,
      [JSON.stringify(attempts)],
    );
  }
}
