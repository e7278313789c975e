import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message, Service } from '@credit/contracts';
import { newId, queueSchema, repositoryRoot } from '@credit/platform';
import { type Cable, createTestDatabase, layCable, type TestDatabase } from '@credit/testing';
import { createPostgresBackend, Queue } from 'bullmq';
import { Client } from 'pg';
import { CountyGraphClient, Person } from '../journey/graph-client';
import { type OwnRedis, startOwnRedis } from '../redis/redis';
import { type RunningProcesses, startProcesses } from '../system/processes';
import { type AppointmentAsked, Load } from './load';
import { type OwnDatabase, startOwnDatabase } from './own-database';
import { mountSmallDisk, type SmallDisk } from './small-disk';
import { judge, underWay, type Verdict } from './oracle';

const packages = join(repositoryRoot(), '.data/redis');
async function onlooker(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

const village = '341525109204';
const catchUpMs = 120_000;

/** What a town must have to be broken so. */
export interface TownNeeds {
  /** Which queues are broken; the database's own where nothing is said. */
  readonly queues?: 'redis';
  /** What the services are told besides. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The services reach their database and their queue by cables. */
  readonly cables?: true;
  /** A database server of its own, on a small disk. */
  readonly disk?: true;
}

/** 演练场 — the whole system in processes of its own with administrators at work, to break things in. */
export class Town {
  private constructor(
    readonly database: TestDatabase,
    private onlooker: Client,
    readonly system: RunningProcesses,
    readonly redis: OwnRedis | undefined,
    /** Where the row asked for them: to the database, which holds the queues as well, and to Redis. */
    readonly cables: readonly Cable[],
    readonly disk: SmallDisk | undefined,
    private readonly server: OwnDatabase | undefined,
    private readonly security: Person,
    private readonly accountId: string,
    private readonly folder: string,
  ) {}

  static async open({ queues, environment, cables: wantsCables, disk: wantsDisk }: TownNeeds = {}): Promise<Town> {
    const folder = mkdtempSync(join(tmpdir(), 'credit-faults-'));
    // A database server of its own runs as another user.
    chmodSync(folder, 0o711);
    const disk = wantsDisk ? mountSmallDisk(join(folder, 'disk')) : undefined;
    const server = disk ? await startOwnDatabase(disk.folder) : undefined;
    const database = await createTestDatabase(server?.adminUrl);
    const admin = await onlooker(database.adminUrl);
    mkdirSync(join(folder, 'redis'));
    const redis = queues === 'redis' ? await startOwnRedis(packages, join(folder, 'redis')) : undefined;
    const cables = wantsCables ? await Promise.all([database.adminUrl, ...(redis ? [redis.url] : [])].map(layCable)) : [];
    const [toDatabase, toRedis] = cables;
    const system = await startProcesses({
      adminUrl: toDatabase?.url ?? database.adminUrl,
      roleSecret: database.roleSecret,
      dataDir: folder,
      port: 0,
      sandbox: true,
      ...(redis ? { queueUrl: toRedis?.url ?? redis.url } : {}),
      environment: { LOG_LEVEL: 'silent', RATE_PER_CALLER: '1000000', RATE_PER_ADDRESS: '1000000', REPAIR_EVERY_SECONDS: '5', MESSAGE_SILENCE_SECONDS: '3', ...environment },
    });
    const { urls, issuer } = system;
    const graph = await CountyGraphClient.open(urls.gateway, { issuer, clientId: 'county-frontend', redirectUri: `${urls.gateway}/sign-in/callback`, audience: 'urn:credit-village' });
    const first = JSON.parse(readFileSync(system.bootstrapFile, 'utf8')) as Record<string, string>;
    const administrator = (role: string): Person => new Person(role, graph, 'staff', { loginName: role, password: first[role] ?? '' });
    const { accountId } = await administrator('system-admin').do<{ accountId: string }>('createAccount', { loginName: 'v.collector', name: '网格采集员', password: 'demo-Huoshan-2022' }, 'accountId');
    return new Town(database, admin, system, redis, cables, disk, server, administrator('security-admin'), accountId, folder);
  }

  get admin(): Client {
    return this.onlooker;
  }

  load(mark: string): Load {
    return new Load((input) => this.ask(input), (one) => this.appointment(one), mark);
  }

  /** An appointment to be asked for; `mark` finds it again. */
  appointment(mark: string): AppointmentAsked {
    return { requestId: newId(), accountId: this.accountId, role: 'collector', divisionCode: village, organisation: mark };
  }

  private async ask(input: AppointmentAsked): Promise<string> {
    return (await this.security.do<{ postId: string }>('givePost', input, 'postId')).postId;
  }

  /** The post, or nothing where it was refused. */
  give(input: AppointmentAsked): Promise<string | undefined> {
    return this.ask(input).catch(() => undefined);
  }

  async refusal(input: AppointmentAsked): Promise<string> {
    return (await this.security.refused('givePost', input, 'postId')).code;
  }

  /** The queue of one service, to put into it what no service would. */
  queueOf(service: Exclude<Service, 'gateway'>): Queue<Message> {
    if (this.redis) return new Queue(service, { connection: { url: this.redis.url } as never, prefix: '{credit}', defaultJobOptions: { removeOnComplete: true } });
    const connection = { connectionString: this.database.urlFor(service), schema: queueSchema, max: 2 } as never;
    return new Queue(service, { connection, prefix: 'credit', defaultJobOptions: { removeOnComplete: true } }, createPostgresBackend as never);
  }

  /** After the database was away. */
  async lookAgain(): Promise<void> {
    await this.onlooker.end().catch(() => undefined);
    this.onlooker = await onlooker(this.database.adminUrl);
  }

  /** Seconds until nothing is on its way any more. */
  async caughtUp(mark: string): Promise<number> {
    const began = performance.now();
    while ((await underWay(this.admin, mark)) > 0) {
      if (performance.now() - began > catchUpMs) throw new Error(`not caught up after ${catchUpMs / 1000} s`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return (performance.now() - began) / 1000;
  }

  async verdicts(load: Load): Promise<Verdict[]> {
    await this.system.seal();
    const judged = await judge(this.admin, this.system.auditDir, load.mark, load.acknowledged);
    return [...judged, { name: 'every request was answered, and the same again', ok: load.faults.length === 0, detail: load.faults.slice(0, 3).join('; ') }];
  }

  async close(): Promise<void> {
    await this.system.close();
    await Promise.all(this.cables.map((cable) => cable.close()));
    await this.redis?.stop();
    await this.admin.end();
    if (!this.server) await this.database.drop();
    await this.server?.stop();
    this.disk?.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
