import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import type { RecordReceipt } from './province-adapter';

export interface Rejection {
  readonly fileId: string;
  readonly seq: string;
  readonly subjectId: string;
  readonly villageCode: string;
  readonly code: string;
  readonly field: string | null;
  readonly receivedOn: PlainDate;
}

/** 回执 */
export class ReceiptStore {
  constructor(private readonly tx: Tx) {}

  /** Repeats change nothing; what was never sent is no record of ours. How many were known. */
  async take(receipts: readonly RecordReceipt[]): Promise<number> {
    const given = JSON.stringify(receipts);
    const kept = await this.tx.manager.query<unknown[]>(
      `INSERT INTO province_receipt (file_id, seq, subject_id, village_code, outcome, code, field, received_on)
       SELECT DISTINCT ON (p.file_id, r.sequence) p.file_id, r.sequence, p.subject_id, p.village_code, r.outcome, r.code, r.field, $2
       FROM jsonb_to_recordset($1::jsonb) AS r("recordId" uuid, sequence bigint, outcome text, code text, field text) JOIN province_record p ON p.file_id = r."recordId" AND r.sequence <= p.seq
       ORDER BY p.file_id, r.sequence
       ON CONFLICT (file_id, seq) DO UPDATE SET outcome = EXCLUDED.outcome, code = EXCLUDED.code, field = EXCLUDED.field RETURNING 1`,
      [given, this.tx.today],
    );
    await this.tx.manager.query(
      `UPDATE province_record p SET accepted_seq = p.seq, accepted_op = p.op, accepted_sha256 = p.sha256, accepted_village = p.village_code, rejected_seq = NULL
       FROM jsonb_to_recordset($1::jsonb) AS r("recordId" uuid, sequence bigint, outcome text) WHERE p.file_id = r."recordId" AND p.seq = r.sequence AND r.outcome = 'accepted'`,
      [given],
    );
    await this.tx.manager.query(
      `UPDATE province_record p SET rejected_seq = p.seq
       FROM jsonb_to_recordset($1::jsonb) AS r("recordId" uuid, sequence bigint, outcome text) WHERE p.file_id = r."recordId" AND p.seq = r.sequence AND r.outcome = 'rejected' AND p.accepted_seq IS DISTINCT FROM p.seq`,
      [given],
    );
    return kept.length;
  }

  /** 待更正 — rejected and not made good by a later accepted change; oldest first. */
  openRejections(scopes: readonly string[], under: string, after: string | null, limit: number): Promise<Rejection[]> {
    return this.tx.manager.query(
      `SELECT r.file_id AS "fileId", r.seq::text AS seq, r.subject_id AS "subjectId", r.village_code AS "villageCode", r.code, r.field, r.received_on AS "receivedOn"
       FROM province_receipt r JOIN province_record p USING (file_id)
       WHERE r.outcome = 'rejected' AND r.seq = p.rejected_seq
         AND r.village_code LIKE $1 || '%' AND EXISTS (SELECT 1 FROM unnest($2::text[]) AS scope WHERE r.village_code LIKE scope || '%') AND ($3::bigint IS NULL OR r.seq > $3)
       ORDER BY r.seq LIMIT $4`,
      [under, scopes, after, limit],
    );
  }
}
