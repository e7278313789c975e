import { createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Service } from '@credit/contracts';
import { eraseKeys, migrate, migrationsOf, queueSchema, storingServices, verifyAudit } from '@credit/platform';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { BackupProblem, checkFiles, fileOf, type Manifest, readManifest } from './manifest';
import { quoted, schemas, tablesOf, withoutReferences } from './tables';
import { readTable } from './take';

export interface LoadOptions {
  readonly adminUrl: string;
  /** What the roles' passwords are made from, as for `migrate`. */
  readonly roleSecret: string;
  /** The backup. */
  readonly from: string;
  /** Where the heads of the audit chains and the register of erasures are kept. */
  readonly auditDir: string;
  readonly log?: (line: string) => void;
}

export interface Loaded {
  readonly manifest: Manifest;
  /** Subjects whose keys were destroyed again, because the register knows of their erasure and the backup does not. */
  readonly erasedAgain: number;
}

/**
 * 恢复 — a backup into an empty database, whole or not at all: every digest is checked before and after, the schema is brought up to
 * date, who was erased stays erased, and the audit chains must verify. Rejects with `BackupProblem`.
 */
export async function loadBackup(options: LoadOptions): Promise<Loaded> {
  const { adminUrl, roleSecret, from, auditDir, log = () => undefined } = options;
  const manifest = readManifest(from);
  await checkFiles(from, manifest);
  requireKnown(manifest);
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await requireEmpty(client);
    try {
      await migrate(adminUrl, roleSecret, undefined, manifest.migrations);
      await loadTables(client, from, manifest, log);
      await migrate(adminUrl, roleSecret, (line) => log(`  migration ${line}`));
      const erasedAgain = await eraseAgain(client, auditDir);
      await requireWholeChains(client, manifest);
      keepHeads(auditDir, manifest);
      return { manifest, erasedAgain };
    } catch (error) {
      await empty(client).catch(() => undefined);
      throw error;
    }
  } finally {
    await client.end();
  }
}

/** A backup of a newer release holds what this one cannot keep. */
function requireKnown({ migrations }: Manifest): void {
  for (const [service, names] of Object.entries(migrations)) {
    const known = new Set(migrationsOf(service as Service).map(({ name }) => name));
    const unknown = names.find((name) => !known.has(name));
    if (unknown !== undefined) throw new BackupProblem(`备份来自更新的版本（${service}/${unknown}），请先升级程序再恢复 / the backup was made by a newer release`);
  }
}

async function requireEmpty(client: Client): Promise<void> {
  const { rowCount } = await client.query(`SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = ANY($1) LIMIT 1`, [[...schemas, queueSchema]]);
  if (rowCount !== 0) throw new BackupProblem('目标数据库不是空的，恢复只写入空库，以免覆盖现有数据 / the database is not empty; a restore never overwrites');
}

async function empty(client: Client): Promise<void> {
  for (const schema of [...schemas, queueSchema]) await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
}

async function loadTables(client: Client, from: string, manifest: Manifest, log: (line: string) => void): Promise<void> {
  await client.query('BEGIN');
  try {
    const present = (await tablesOf(client)).map(quoted);
    if (present.join() !== manifest.tables.map(quoted).join()) throw new BackupProblem('备份清单中的表与它的版本不符，备份不可信 / the tables of the manifest are not those of its release');
    await withoutReferences(client, async () => {
      await client.query(`TRUNCATE ${present.join(', ')}`);
      for (const table of manifest.tables) {
        await client.query(`ALTER TABLE ${quoted(table)} DISABLE TRIGGER USER`);
        await pipeline(createReadStream(join(from, fileOf(table))), createGunzip(), client.query(copyFrom(`COPY ${quoted(table)} FROM STDIN`)));
        await client.query(`ALTER TABLE ${quoted(table)} ENABLE TRIGGER USER`);
        const { rows, sha256 } = await readTable(client, table);
        if (rows !== table.rows || sha256 !== table.sha256) throw new BackupProblem(`${table.schema}.${table.name} 恢复后的内容与备份不符 / what was loaded differs from the backup`);
        log(`  ${table.schema}.${table.name} ${rows} 行`);
      }
    });
    for (const { schema, name, last, called } of manifest.sequences) await client.query('SELECT setval(format($1, $2::text, $3::text)::regclass, $4, $5)', ['%I.%I', schema, name, last, called]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** Before any service starts: nobody can read again what was erased after the backup. The archives repeat the rest when they start. */
async function eraseAgain(client: Client, auditDir: string): Promise<number> {
  const register = join(auditDir, 'archives.erasures');
  if (!existsSync(register)) return 0;
  const erasures = readFileSync(register, 'utf8').split('\n').slice(0, -1).map((line) => JSON.parse(line) as { householdId: string; memberId: string | null });
  const { rows } = await client.query<{ id: string }>('SELECT member_id AS id FROM archives.member WHERE household_id = ANY($1)', [erasures.flatMap(({ householdId, memberId }) => (memberId === null ? [householdId] : []))]);
  const ids = [...new Set([...erasures.map(({ householdId, memberId }) => memberId ?? householdId), ...rows.map(({ id }) => id)])];
  const { rows: alive } = await client.query<{ id: string }>(`SELECT subject_id AS id FROM archives.personal_key WHERE subject_id = ANY($1) AND key_id <> 'erased'`, [ids]);
  for (const service of storingServices) {
    if (service === 'archives') continue;
    await client.query('BEGIN');
    await client.query(`SET LOCAL search_path = "${service}"`);
    await client.query(eraseKeys, [ids]);
    await client.query('COMMIT');
  }
  return alive.length;
}

/** The chains go on from the backup; heads of what came after it are kept beside, as the only trace of it. */
function keepHeads(auditDir: string, { heads, takenAt }: Manifest): void {
  mkdirSync(auditDir, { recursive: true });
  for (const service of storingServices) {
    const file = join(auditDir, `${service}.heads`);
    if (existsSync(file)) renameSync(file, `${file}.before-${takenAt.replaceAll(/[:.]/g, '-')}`);
    const text = heads[service];
    if (text !== undefined) writeFileSync(file, text, { flush: true });
  }
}

async function requireWholeChains(client: Client, { heads }: Manifest): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'credit-heads-'));
  try {
    for (const [service, text] of Object.entries(heads)) writeFileSync(join(folder, `${service}.heads`), text);
    for (const service of storingServices) {
      const { findings } = await verifyAudit(client, service, folder);
      if (findings.length > 0) throw new BackupProblem(`${service} 的审计链不完整（${findings.length} 处），备份不可信 / the audit chain of ${service} does not verify`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
