import type { Tx } from '@credit/platform';

export interface WaitingNotification {
  readonly id: string;
  /** Tries to hand over this attempt. */
  readonly tries: number;
  /** 第几次发送; the receiver tells repeats by the id together with it. */
  readonly attempt: number;
  readonly template: string;
  readonly divisionCode: string;
  readonly subjectId: string | null;
  readonly role: string | null;
  readonly publicationId: string | null;
  readonly createdOn: string;
  readonly text: string;
}

export type Attempt = Pick<WaitingNotification, 'id' | 'attempt'>;

/** All SQL of what waits for the operator's webhook. Waiting times are machine time. */
export class WebhookStore {
  constructor(private readonly tx: Tx) {}

  async enqueue(notificationIds: readonly string[]): Promise<void> {
    await this.tx.manager.query('INSERT INTO webhook_delivery (notification_id) SELECT unnest($1::uuid[])', [notificationIds]);
  }

  /** Leases a batch: until the lease ends nobody else sends it, and a sender that dies only delays it. */
  lease(limit: number, leaseSeconds: number): Promise<WaitingNotification[]> {
    return this.tx.manager.query(
      `WITH due AS (
         SELECT notification_id FROM webhook_delivery WHERE ended_at IS NULL AND next_at <= clock_timestamp() ORDER BY next_at LIMIT $1 FOR UPDATE SKIP LOCKED),
       leased AS (
         UPDATE webhook_delivery w SET tries = tries + 1, next_at = clock_timestamp() + make_interval(secs => $2)
         FROM due WHERE w.notification_id = due.notification_id RETURNING w.notification_id, w.tries, w.attempt)
       SELECT n.id, l.tries, l.attempt, n.template, n.division_code AS "divisionCode", n.subject_id AS "subjectId", n.role,
         n.publication_id AS "publicationId", n.created_on AS "createdOn", n.text
       FROM leased l JOIN notification n ON n.id = l.notification_id ORDER BY n.id`,
      [limit, leaseSeconds],
    );
  }

  /** Ends these attempts; one that the operator has already reported as failed has become the next attempt and goes on. */
  async end(attempts: readonly Attempt[]): Promise<void> {
    await this.tx.manager.query(
      `UPDATE webhook_delivery w SET ended_at = clock_timestamp()
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, attempt int) WHERE w.notification_id = r.id AND w.attempt = r.attempt`,
      [JSON.stringify(attempts)],
    );
  }

  /** What has been settled otherwise, or belongs to a withdrawn publication, is not sent any more. */
  async dropSettled(): Promise<void> {
    await this.tx.manager.query(
      `UPDATE webhook_delivery w SET ended_at = clock_timestamp() FROM notification n WHERE w.ended_at IS NULL AND n.id = w.notification_id AND n.state <> 'open'`,
    );
  }

  /** Another attempt after the operator reported a failure of the last one; whoever has been told meanwhile is left alone. */
  async attemptAgain(attempts: readonly Attempt[], seconds: number): Promise<void> {
    await this.tx.manager.query(
      `UPDATE webhook_delivery w SET attempt = w.attempt + 1, tries = 0, ended_at = NULL, next_at = clock_timestamp() + make_interval(secs => $2)
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, attempt int) JOIN notification n USING (id)
       WHERE w.notification_id = r.id AND w.attempt = r.attempt AND n.state = 'open'`,
      [JSON.stringify(attempts), seconds],
    );
  }

  async tryAgain(waits: readonly (Attempt & { readonly seconds: number })[]): Promise<void> {
    await this.tx.manager.query(
      `UPDATE webhook_delivery w SET next_at = clock_timestamp() + make_interval(secs => r.seconds)
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, attempt int, seconds float8) WHERE w.notification_id = r.id AND w.attempt = r.attempt`,
      [JSON.stringify(waits)],
    );
  }
}
