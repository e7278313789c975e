import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSecret, repositoryRoot } from '@credit/platform';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../embedded-postgres/embedded-postgres';

/** 所指的数据库 — a deployment's own, or the one of `npm start`. */
export interface Place {
  readonly adminUrl: string;
  readonly auditDir: string;
  /** The keys of this installation, where they lie in one file. */
  readonly secretsFile: string | undefined;
  leave(): Promise<void>;
}

async function answers(adminUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: adminUrl });
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}

/** `MIGRATION_DATABASE_URL` and `AUDIT_EXPORT_DIR`; without them the database of `npm start`, started for the time it takes where it does not run. */
export async function findPlace(log: (line: string) => void): Promise<Place> {
  if (process.env['MIGRATION_DATABASE_URL'] ?? process.env['MIGRATION_DATABASE_URL_FILE']) {
    return { adminUrl: readSecret(process.env, 'MIGRATION_DATABASE_URL'), auditDir: readSecret(process.env, 'AUDIT_EXPORT_DIR'), secretsFile: process.env['SECRETS_JSON'], leave: () => Promise.resolve() };
  }
  const dataDir = process.env['DATA_DIR'] ?? join(repositoryRoot(), '.data');
  mkdirSync(dataDir, { recursive: true });
  const shared = { auditDir: join(dataDir, 'audit-heads'), secretsFile: join(dataDir, 'secrets.json') };
  const described = join(dataDir, 'system.json');
  const running = existsSync(described) ? (JSON.parse(readFileSync(described, 'utf8')) as { adminUrl: string }).adminUrl : '';
  if (running && (await answers(running))) return { ...shared, adminUrl: running, leave: () => Promise.resolve() };
  const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), log });
  return { ...shared, adminUrl: postgres.adminUrl, leave: () => postgres.stop() };
}
