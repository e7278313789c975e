import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, migrationsOf, repositoryRoot, roleUrl, storingServices } from '@credit/platform';
import { Client } from 'pg';

/** One secret for the roles of every test database of a cluster: roles are shared by its databases. */
const testRoleSecret = 'test-roles-of-this-cluster';

export interface TestDatabase {
  readonly adminUrl: string;
  /** What the roles' passwords are made from. */
  readonly roleSecret: string;
  urlFor(service: (typeof storingServices)[number]): string;
  drop(): Promise<void>;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The template is named after the migrations it holds, so that a changed migration makes a new one. */
function templateName(): string {
  const hash = createHash('sha256');
  hash.update(readFileSync(join(repositoryRoot(), 'libs/platform/src/database/migrations/cluster.sql')));
  for (const service of storingServices) for (const file of migrationsOf(service)) hash.update(`${service}/${file.name}/${file.checksum}`);
  return `credit_template_${hash.digest('hex').slice(0, 16)}`;
}

async function ensureTemplate(clusterUrl: string): Promise<string> {
  const name = templateName();
  await withClient(clusterUrl, async (client) => {
    await client.query("SELECT pg_advisory_lock(hashtext('credit-village.template'))");
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [name]);
    if (known.rowCount) return;
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await client.query(`CREATE DATABASE "${name}"`);
    await migrate(withDatabase(clusterUrl, name), testRoleSecret);
    await client.query(`ALTER DATABASE "${name}" WITH IS_TEMPLATE true`);
  });
  return name;
}

function testCluster(): string {
  const clusterUrl = process.env['TEST_DATABASE_URL'];
  if (!clusterUrl) throw new Error('TEST_DATABASE_URL is not set: run the end-to-end tests through jest with its global set-up');
  return clusterUrl;
}

/** A fresh, migrated database on this cluster, by default the tests' own (`TEST_DATABASE_URL`), copied from a template. */
export async function createTestDatabase(clusterUrl = testCluster()): Promise<TestDatabase> {
  return createDatabase(clusterUrl, `TEMPLATE "${await ensureTemplate(clusterUrl)}" STRATEGY FILE_COPY`);
}

/** A database with nothing in it, as one is given to an installation or to a restore. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase(testCluster(), 'TEMPLATE template0');
}

async function createDatabase(clusterUrl: string, from: string): Promise<TestDatabase> {
  const name = `credit_test_${randomBytes(6).toString('hex')}`;
  await withClient(clusterUrl, (client) => client.query(`CREATE DATABASE "${name}" ${from}`));
  const adminUrl = withDatabase(clusterUrl, name);
  return {
    adminUrl,
    roleSecret: testRoleSecret,
    urlFor: (service) => roleUrl(adminUrl, testRoleSecret, service),
    drop: () => withClient(clusterUrl, async (client) => void (await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`))),
  };
}
