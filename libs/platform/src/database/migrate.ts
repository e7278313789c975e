import { createHash, createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { services, type Service } from '@credit/contracts';
import { runMigrations as migrateQueueSchema } from 'bullmq';
import { Client } from 'pg';
import { repositoryRoot } from '../config/repository-root';

/** Services with a schema of their own; the gateway keeps nothing. */
export const storingServices = services.filter((service) => service !== 'gateway');

export const queueSchema = 'bullmq';

/** 数据库角色 of a service: no DDL, its own schema only. */
export function roleOf(service: Service): string {
  return `credit_${service}`;
}

/** One secret gives every role its password, so that a deployment keeps one secret for all. */
export function rolePassword(secret: string, service: Service): string {
  return createHmac('sha256', secret).update(roleOf(service)).digest('base64url');
}

export function roleUrl(adminUrl: string, secret: string, service: Service): string {
  const url = new URL(adminUrl);
  url.username = roleOf(service);
  url.password = rolePassword(secret, service);
  return url.toString();
}

interface MigrationFile {
  readonly name: string;
  readonly up: string;
  readonly down: string;
  readonly checksum: string;
}

function filesIn(folder: string): MigrationFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.up.sql'))
    .toSorted()
    .map((file) => {
      const up = readFileSync(join(folder, file), 'utf8');
      const down = readFileSync(join(folder, file.replace('.up.sql', '.down.sql')), 'utf8');
      return { name: file.replace('.up.sql', ''), up, down, checksum: createHash('sha256').update(up).digest('hex') };
    });
}

/** The SQL files of a service in the order they run: the platform's first. */
export function migrationsOf(service: Service): MigrationFile[] {
  const root = repositoryRoot();
  return [
    ...filesIn(join(root, 'libs/platform/src/database/migrations')),
    ...filesIn(join(root, `apps/${service}/src/migrations`)),
  ];
}

const roleTries = 20;
const changedByAnother: ReadonlySet<unknown> = new Set(['XX000', '42710']);

/** Roles belong to the whole cluster: another database of it may be prepared at the same moment. */
async function prepareRole(client: Client, service: Service, secret: string): Promise<void> {
  const role = roleOf(service);
  for (let attempt = 1; ; attempt += 1) {
    const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    const verb = known.rowCount === 0 ? 'CREATE' : 'ALTER';
    try {
      // A new role has no other rights by default; naming them again in an ALTER would need a superuser.
      await client.query(`${verb} ROLE "${role}" LOGIN PASSWORD '${rolePassword(secret, service)}'`);
      return;
    } catch (error) {
      if (attempt === roleTries || !changedByAnother.has((error as { code?: unknown }).code)) throw error;
    }
  }
}

async function prepareSchema(client: Client, service: Service): Promise<void> {
  const role = roleOf(service);
  await client.query(`CREATE SCHEMA IF NOT EXISTS "${service}"`);
  await client.query(`GRANT USAGE ON SCHEMA "${service}", platform, "${queueSchema}" TO "${role}"`);
  await client.query(`ALTER DEFAULT PRIVILEGES IN SCHEMA "${service}" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "${role}"`);
  await client.query(`ALTER DEFAULT PRIVILEGES IN SCHEMA "${service}" GRANT USAGE ON SEQUENCES TO "${role}"`);
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "${queueSchema}" TO "${role}"`);
  await client.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA "${queueSchema}" TO "${role}"`);
}

async function migrateService(client: Client, service: Service, log: (line: string) => void, only?: readonly string[]): Promise<void> {
  await client.query(`SET LOCAL search_path = "${service}", platform`);
  await client.query('CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, checksum text NOT NULL, down text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())');
  const applied = await client.query<{ name: string; checksum: string }>('SELECT name, checksum FROM migration');
  const checksums = new Map(applied.rows.map((row) => [row.name, row.checksum]));
  for (const file of migrationsOf(service)) {
    const checksum = checksums.get(file.name);
    if (checksum === file.checksum || only?.includes(file.name) === false) continue;
    if (checksum !== undefined) throw new Error(`${service}/${file.name} was changed after it had been applied; write a new migration instead`);
    await client.query(file.up.replaceAll(':role', roleOf(service)));
    await client.query('INSERT INTO migration (name, checksum, down) VALUES ($1, $2, $3)', [file.name, file.checksum, file.down]);
    log(`${service}: ${file.name}`);
  }
}

/**
 * A database that was restored into another cluster names transactions of the old one that are still to come here: their lines would be
 * sealed and their messages fetched only then. They are over; whoever fetched messages begins again, and what was heard stays heard.
 */
async function settleTransactions(client: Client, service: Service): Promise<void> {
  const toCome = 'xid >= pg_snapshot_xmax(pg_current_snapshot())';
  await client.query(`UPDATE "${service}".audit SET xid = '0' WHERE ${toCome}`);
  const { rowCount } = await client.query(`UPDATE "${service}".outbox SET xid = '0' WHERE ${toCome}`);
  for (const hearer of storingServices) {
    await client.query(`DELETE FROM "${hearer}".repair_cursor WHERE sender = $1 AND ($2 OR split_part(cursor, '-', 1)::xid8 >= pg_snapshot_xmax(pg_current_snapshot()))`, [service, rowCount !== 0]);
  }
}

/** The queue library numbers jobs with a sequence per queue, made when first used; services have no DDL, so it is made here. */
async function createJobNumbers(client: Client): Promise<void> {
  for (const service of services) {
    const { rows } = await client.query<{ statement: string }>(
      `SELECT format('CREATE SEQUENCE IF NOT EXISTS ${queueSchema}.%I', ${queueSchema}.job_id_seq_name($1)) AS statement`,
      [service],
    );
    for (const { statement } of rows) await client.query(statement);
  }
}

/**
 * 数据库迁移 — brings every schema up to date, each service in one transaction, under a lock so that several starters may
 * try at once. Run with the migration role's address; services themselves never run DDL. `only` names what a backup to be
 * loaded was made with, by service.
 */
export async function migrate(adminUrl: string, secret: string, log: (line: string) => void = () => undefined, only?: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('credit-village.migrate'))");
    await client.query(readFileSync(join(repositoryRoot(), 'libs/platform/src/database/migrations/cluster.sql'), 'utf8'));
    await migrateQueueSchema(client, queueSchema);
    await createJobNumbers(client);
    for (const service of storingServices) {
      await prepareRole(client, service, secret);
      await client.query('BEGIN');
      try {
        await prepareSchema(client, service);
        await migrateService(client, service, log, only && (only[service] ?? []));
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    }
    for (const service of storingServices) await settleTransactions(client, service);
    await client.query(`GRANT EXECUTE ON FUNCTION platform.move_clock(timestamptz) TO "${roleOf('publicity')}"`);
  } finally {
    await client.end();
  }
}
