import type { Tx } from '@credit/platform';

export interface AuditRow {
  readonly seq: string;
  readonly n: string | null;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly facts: string;
}

/** 审计记录 with the number of each line in the sealed chain. */
export class AuditStore {
  constructor(private readonly tx: Tx) {}

  page(after: string, limit: number): Promise<AuditRow[]> {
    return this.tx.manager.query(
      `SELECT a.seq::text, s.n::text, a.at, a.actor, a.action, a.subject, a.facts::text FROM audit a LEFT JOIN audit_seal s ON s.audit_seq = a.seq
       WHERE a.seq > $1::bigint ORDER BY a.seq LIMIT $2`,
      [after, limit],
    );
  }
}
