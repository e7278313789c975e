import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot, storingServices, verifyAudit } from '@credit/platform';
import { Client } from 'pg';

const faults: Readonly<Record<string, string>> = {
  edited: '内容被改动',
  deleted: '记录被删除',
  gap: '编号缺失',
  'tail-cut': '末尾被截断',
  'head-missing': '库外留存的链首缺失',
};

/** Where the running system of this checkout keeps its database address and the exported heads. */
function source(): { adminUrl: string; auditDir: string } {
  const dataDir = process.env['DATA_DIR'] ?? join(repositoryRoot(), '.data');
  const described = join(dataDir, 'system.json');
  const adminUrl = process.env['AUDIT_DATABASE_URL'] ?? (existsSync(described) ? (JSON.parse(readFileSync(described, 'utf8')) as { adminUrl: string }).adminUrl : '');
  if (!adminUrl) throw new Error('没有找到数据库：请先 npm start，或用 AUDIT_DATABASE_URL 指明 / no database: run npm start first, or set AUDIT_DATABASE_URL');
  return { adminUrl, auditDir: process.env['AUDIT_EXPORT_DIR'] ?? join(dataDir, 'audit-heads') };
}

/** `npm run audit:verify` — recomputes every service's chain; exit code 1 when anything was edited, deleted, left out or cut. */
async function main(): Promise<void> {
  const { adminUrl, auditDir } = source();
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  let found = 0;
  try {
    for (const service of storingServices) {
      const { lines, findings } = await verifyAudit(client, service, auditDir);
      found += findings.length;
      console.log(`${service.padEnd(10)} ${String(lines).padStart(7)} 行  ${findings.length === 0 ? '完好' : `发现 ${findings.length} 处问题`}`);
      for (const finding of findings.slice(0, 20)) console.log(`  第 ${finding.n} 行：${faults[finding.fault] ?? finding.fault}`);
    }
  } finally {
    await client.end();
  }
  process.exitCode = found === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
