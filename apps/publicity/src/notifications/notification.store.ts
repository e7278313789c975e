import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import { IsNull, Not } from 'typeorm';
import { NotificationRow } from './notification.row';

export type DeliveryOutcome = 'sent' | 'delivered' | 'told' | 'failed' | 'not-deliverable';

/** 一次告知 — one try over one channel, or the record that all tries were in vain. */
export interface Delivery {
  readonly id: string;
  readonly notificationId: string;
  readonly channel: string;
  readonly outcome: DeliveryOutcome;
  readonly happenedOn: string;
  readonly reason: string | null;
  readonly note: Buffer | null;
  readonly witnessName: Buffer | null;
  /** 签收单扫描件 SHA-256, where somebody signed. */
  readonly proofSha256: string | null;
  readonly recordedBy: string;
}

export type PlainDelivery = Omit<Delivery, 'note' | 'witnessName' | 'proofSha256'> & { readonly proofSha256?: string | null };

/** All writing SQL of notifications. */
export class NotificationStore {
  constructor(private readonly tx: Tx) {}

  async insertAll(rows: readonly NotificationRow[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO notification (id, owner, template, key, division_code, group_code, publication_id, subject_id, role, text, state, created_on, settled_on)
       SELECT id, owner, template, key, "divisionCode", "groupCode", "publicationId", "subjectId", role, text, state, "createdOn", "settledOn"
       FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, owner text, template text, key text, "divisionCode" text, "groupCode" text, "publicationId" uuid,
         "subjectId" uuid, role text, text text, state text, "createdOn" date, "settledOn" date)`,
      [JSON.stringify(rows)],
    );
  }

  async lock(id: string): Promise<NotificationRow> {
    const row = await this.tx.manager.findOne(NotificationRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw new Problem('not-found', { notificationId: id });
    return row;
  }

  /** Those not settled yet of a publication or of a template, in one village. */
  lockOpen(of: { readonly publicationId?: string; readonly template?: string }, villageCode: string): Promise<NotificationRow[]> {
    return this.tx.manager.find(NotificationRow, {
      where: { ...of, divisionCode: villageCode, subjectId: Not(IsNull()), state: 'open' },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async settle(ids: readonly string[], state: 'told' | 'not-deliverable', settledOn: string): Promise<void> {
    await this.tx.manager.query('UPDATE notification SET state = $2, settled_on = $3 WHERE id = ANY($1)', [ids, state, settledOn]);
  }

  /** What a withdrawn publication still had to tell need not be told any more. */
  async endOf(publicationId: string): Promise<void> {
    await this.tx.manager.query(`UPDATE notification SET state = 'ended' WHERE publication_id = $1 AND state = 'open'`, [publicationId]);
  }

  /** Tries without free text, many at once. */
  async recordAll(deliveries: readonly PlainDelivery[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO delivery (id, notification_id, channel, outcome, happened_on, reason, proof_sha256, recorded_by)
       SELECT id, "notificationId", channel, outcome, "happenedOn", reason, "proofSha256", "recordedBy"
       FROM jsonb_to_recordset($1::jsonb) AS d(id uuid, "notificationId" uuid, channel text, outcome text, "happenedOn" date, reason text, "proofSha256" text, "recordedBy" text)`,
      [JSON.stringify(deliveries)],
    );
  }

  async record(one: Delivery): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO delivery (id, notification_id, channel, outcome, happened_on, reason, note, witness_name, proof_sha256, recorded_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [one.id, one.notificationId, one.channel, one.outcome, one.happenedOn, one.reason, one.note, one.witnessName, one.proofSha256, one.recordedBy],
    );
  }

  /** Tries so far per channel and outcome. */
  tries(notificationId: string): Promise<{ channel: string; outcome: DeliveryOutcome; count: number }[]> {
    return this.tx.manager.query('SELECT channel, outcome, count(*)::int AS count FROM delivery WHERE notification_id = $1 GROUP BY 1, 2', [notificationId]);
  }

  /** Of these notifications, those told at least so many times. */
  async toldTimes(ids: readonly string[], atLeast: number): Promise<Set<string>> {
    const rows = await this.tx.manager.query<{ id: string }[]>(
      `SELECT notification_id AS id FROM delivery WHERE notification_id = ANY($1) AND outcome = 'told' GROUP BY 1 HAVING count(*) >= $2`,
      [ids, atLeast],
    );
    return new Set(rows.map(({ id }) => id));
  }
}
