import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { type AuditLine, auditLineColumns, chainHash } from './sealer';

export interface AuditFinding {
  readonly service: string;
  readonly n: string;
  /** edited | deleted | gap | tail-cut | head-missing */
  readonly fault: 'edited' | 'deleted' | 'gap' | 'tail-cut' | 'head-missing';
}

interface SealedLine extends Omit<AuditLine, 'seq'> {
  readonly n: string;
  readonly hash: string;
  readonly seq: string | null;
}

const pageSize = 5_000;

function exportedHeads(exportDir: string, service: string): Map<string, string> {
  const file = join(exportDir, `${service}.heads`);
  if (!existsSync(file)) return new Map();
  return new Map(readFileSync(file, 'utf8').trim().split('\n').filter(Boolean).map((line) => line.split(' ') as [string, string]));
}

/**
 * 审计核验 — recomputes one service's chain from the stored lines and compares it with its seals and with the heads kept
 * outside the database. An empty answer means nothing was edited, deleted, left out or cut off.
 */
export async function verifyAudit(client: Client, service: string, exportDir: string): Promise<{ lines: number; findings: AuditFinding[] }> {
  const findings: AuditFinding[] = [];
  const heads = exportedHeads(exportDir, service);
  let previous = '';
  let expected = 1n;
  for (;;) {
    const { rows } = await client.query<SealedLine>(
      `SELECT s.n::text, s.hash, l.* FROM "${service}".audit_seal s
       LEFT JOIN (SELECT ${auditLineColumns} FROM "${service}".audit) l ON l.seq = s.audit_seq::text
       WHERE s.n >= $1 ORDER BY s.n LIMIT $2`,
      [expected.toString(), pageSize],
    );
    for (const row of rows) {
      const { n, hash, seq, ...line } = row;
      if (BigInt(n) !== expected) findings.push({ service, n: expected.toString(), fault: 'gap' });
      if (seq === null) findings.push({ service, n, fault: 'deleted' });
      else if (chainHash(previous, { ...line, seq }) !== hash) findings.push({ service, n, fault: 'edited' });
      if (heads.has(n) && heads.get(n) !== hash) findings.push({ service, n, fault: 'edited' });
      previous = hash;
      expected = BigInt(n) + 1n;
    }
    if (rows.length < pageSize) break;
  }
  const lastHead = [...heads.keys()].map(BigInt).reduce((a, b) => (a > b ? a : b), 0n);
  if (lastHead >= expected) findings.push({ service, n: expected.toString(), fault: 'tail-cut' });
  if (expected > 1n && heads.size === 0) findings.push({ service, n: '0', fault: 'head-missing' });
  return { lines: Number(expected - 1n), findings };
}
