import { createHash } from 'node:crypto';
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource, EntityManager } from 'typeorm';

export interface AuditLine {
  readonly seq: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly facts: string;
}

/** The columns of a line exactly as they are hashed: text made by the database, the same whoever reads it. */
export const auditLineColumns = `seq::text, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') AS at, actor, action, subject, facts::text`;

/** Each line's hash covers the line and the hash before it. */
export function chainHash(previous: string, line: AuditLine): string {
  return createHash('sha256').update([previous, line.seq, line.at, line.actor, line.action, line.subject, line.facts].join('\n')).digest('hex');
}

const pageSize = 2_000;

/**
 * 审计封存 — chains the lines that are surely committed and writes the head outside the database, so that an edit, a
 * deletion, a gap or a cut tail is found. One sealer at a time per service; use cases only insert.
 */
export class Sealer {
  constructor(
    private readonly service: string,
    private readonly database: DataSource,
    private readonly exportDir: string,
  ) {}

  async seal(): Promise<number> {
    let sealed = 0;
    for (;;) {
      const head = await this.database.transaction((manager) => this.sealPage(manager));
      if (!head) return sealed;
      sealed += head.count;
      await this.exportHead(head.n, head.hash);
      if (head.count < pageSize) return sealed;
    }
  }

  private async sealPage(manager: EntityManager): Promise<{ n: string; hash: string; count: number } | undefined> {
    const [lock] = await manager.query<[{ free: boolean }]>("SELECT pg_try_advisory_xact_lock(hashtextextended('seal ' || current_schema(), 0)) AS free");
    if (!lock.free) return undefined;
    const lines = await manager.query<AuditLine[]>(
      `SELECT ${auditLineColumns} FROM audit a
       WHERE a.xid < pg_snapshot_xmin(pg_current_snapshot()) AND NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.audit_seq = a.seq)
       ORDER BY a.seq LIMIT $1`,
      [pageSize],
    );
    if (lines.length === 0) return undefined;
    const [last] = await manager.query<{ n: string; hash: string }[]>('SELECT n::text, hash FROM audit_seal ORDER BY audit_seal.n DESC LIMIT 1');
    let n = BigInt(last?.n ?? 0);
    let hash = last?.hash ?? '';
    const seals = lines.map((line) => {
      n += 1n;
      hash = chainHash(hash, line);
      return { n: n.toString(), audit_seq: line.seq, hash };
    });
    await manager.query('INSERT INTO audit_seal (n, audit_seq, hash) SELECT n, audit_seq, hash FROM jsonb_to_recordset($1::jsonb) AS r(n bigint, audit_seq bigint, hash text)', [
      JSON.stringify(seals),
    ]);
    return { n: n.toString(), hash, count: lines.length };
  }

  private async exportHead(n: string, hash: string): Promise<void> {
    await mkdir(this.exportDir, { recursive: true });
    await appendFile(join(this.exportDir, `${this.service}.heads`), `${n} ${hash}\n`, 'utf8');
  }
}
