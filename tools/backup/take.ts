import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { storingServices } from '@credit/platform';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { fileOf, format, type Manifest, manifestFile, type TableOf } from './manifest';
import { quoted, schemas, type TableName, tablesOf } from './tables';

export interface TakeOptions {
  readonly adminUrl: string;
  /** Where the heads of the audit chains are exported. */
  readonly auditDir: string;
  /** The backup becomes a folder of its own in here, whole or not at all. */
  readonly into: string;
  readonly log?: (line: string) => void;
}

/** The rows of a table as PostgreSQL writes them, and their digest; into a file where one is named. */
export async function readTable(client: Client, table: TableName, file?: string): Promise<{ rows: number; sha256: string }> {
  const digest = createHash('sha256');
  const tee = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      digest.update(chunk);
      done(null, chunk);
    },
  });
  const copying = client.query(copyTo(`COPY ${quoted(table)} TO STDOUT`));
  if (file === undefined) await pipeline(copying, tee.resume());
  else await pipeline(copying, tee, createGzip(), createWriteStream(file, { flush: true, mode: 0o600 }));
  return { rows: copying.rowCount, sha256: digest.digest('hex') };
}

/**
 * 备份 — all tables as of one moment while the services go on, packed with their digests. No keys: without them nobody reads a name
 * in it. Returns the folder.
 */
export async function takeBackup({ adminUrl, auditDir, into, log = () => undefined }: TakeOptions): Promise<{ folder: string; manifest: Manifest }> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  mkdirSync(into, { recursive: true });
  const half = join(into, `.partial-${process.pid}`);
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  try {
    // Heads first: what is sealed meanwhile is in the snapshot and beyond the head, never the other way round.
    const heads = Object.fromEntries(storingServices.map((service) => join(auditDir, `${service}.heads`)).flatMap((file, index) => (existsSync(file) ? [[storingServices[index], readFileSync(file, 'utf8')]] : [])));
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const takenAt = (await client.query<{ at: Date }>('SELECT now() AS at')).rows[0]?.at.toISOString() ?? '';
    const migrations: Record<string, string[]> = {};
    for (const service of storingServices) migrations[service] = (await client.query<{ name: string }>(`SELECT name FROM "${service}".migration ORDER BY name`)).rows.map(({ name }) => name);
    const tables: TableOf[] = [];
    for (const table of await tablesOf(client)) {
      tables.push({ ...table, ...(await readTable(client, table, join(half, fileOf(table)))) });
      log(`  ${table.schema}.${table.name} ${tables.at(-1)?.rows} 行`);
    }
    const { rows: sequences } = await client.query<Manifest['sequences'][number]>(
      `SELECT schemaname AS schema, sequencename AS name, coalesce(last_value, start_value)::text AS last, last_value IS NOT NULL AS called FROM pg_sequences WHERE schemaname = ANY($1) ORDER BY 1, 2`,
      [schemas],
    );
    await client.query('COMMIT');
    const manifest: Manifest = { format, takenAt, migrations, tables, sequences, heads };
    writeFileSync(join(half, manifestFile), JSON.stringify(manifest, null, 2), { mode: 0o600, flush: true });
    const folder = join(into, `backup-${takenAt.replaceAll(/[:.]/g, '-')}`);
    renameSync(half, folder);
    return { folder, manifest };
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end();
  }
}
