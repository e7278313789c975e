import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AskOf, type EventData, type EventName, type InternalRead, type Message, type RowOf, type Service, services } from '@credit/contracts';
import { InternalClient, loadConfig, MessageQueue, newId, type RunningService, type ServiceDefinition, ServiceTokens, startService } from '@credit/platform';
import { Client } from 'pg';
import { type DeploymentSecrets, makeSecrets } from './deployment';
import { freePort } from '../../../tools/free-port';
import { type ServiceProcess, startServiceProcess } from './service-process';
import { createTestDatabase, type TestDatabase } from './test-database';
import { startTestIssuer, type TestIssuer } from './test-issuer';
import { startTestPeer, type TestPeer } from './test-peer';

export interface PostGiven {
  readonly role: string;
  readonly divisionCode: string;
  readonly organisation?: string;
  readonly fromOn?: string;
  readonly toOn?: string;
}

export interface SignedIn {
  readonly accountId: string;
  readonly token: string;
}

export interface GraphAnswer<T> {
  readonly data: T | null;
  readonly errors?: readonly { message: string; path?: readonly (string | number)[]; extensions: { code: string; status: number; facts: Record<string, unknown>; faults?: { path: string; message: string }[]; detail?: string } }[];
}

export interface TestServiceOptions {
  /** More environment for the service, such as SETTINGS (as JSON text) or QUEUE_URL. */
  readonly environment?: Readonly<Record<string, string>>;
}

const patienceMs = 15_000;

/** One real service on a fresh database with a real queue, and everything a test needs around it. */
export class TestService {
  private process: ServiceProcess | undefined;

  private constructor(
    private running: RunningService,
    private readonly definition: ServiceDefinition,
    readonly environment: Readonly<Record<string, string>>,
    readonly database: TestDatabase,
    readonly admin: Client,
    readonly issuer: TestIssuer,
    readonly peer: TestPeer,
    private readonly queue: MessageQueue,
    private readonly secrets: DeploymentSecrets,
  ) {}

  static async start(definition: ServiceDefinition, options: TestServiceOptions = {}): Promise<TestService> {
    const [database, issuer, peer, secrets] = await Promise.all([createTestDatabase(), startTestIssuer(), startTestPeer(), makeSecrets()]);
    const service = definition.service as Exclude<Service, 'gateway'>;
    const environment: Record<string, string> = {
      PORT: '0',
      NODE_ENV: 'test',
      DATABASE_URL: database.urlFor(service),
      QUEUE_URL: database.urlFor(service),
      PEERS: JSON.stringify(Object.fromEntries(services.map((name) => [name, peer.url]))),
      OIDC_ISSUER: issuer.issuer,
      SERVICE_KEY: JSON.stringify(secrets.serviceKeys[service]),
      SERVICE_PUBLIC_KEYS: JSON.stringify(secrets.servicePublicKeys),
      DATA_KEYS: secrets.dataKeys,
      HASH_KEY: secrets.hashKey,
      SANDBOX: 'true',
      AUDIT_EXPORT_DIR: mkdtempSync(join(tmpdir(), 'credit-audit-')),
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      MESSAGE_RETRY_SECONDS: '0.05',
      ...options.environment,
    };
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    const running = await startService(definition, environment);
    const queue = new MessageQueue(environment['QUEUE_URL'] ?? '', 'test', () => undefined);
    return new TestService(running, definition, environment, database, admin, issuer, peer, queue, secrets);
  }

  get url(): string {
    return (this.process ?? this.running).url;
  }

  /** Where the heads of the audit chain are kept, outside the database. */
  get auditDir(): string {
    return this.environment['AUDIT_EXPORT_DIR'] ?? '';
  }

  get app(): RunningService['app'] {
    return this.running.app;
  }

  /** Stops and starts the service on the same database, as an upgrade or a crash would. */
  async restart(): Promise<void> {
    await this.running.close();
    this.running = await startService(this.definition, this.environment);
  }

  /** From now on the service runs in a process of its own, which a test may kill; called again after that, it starts anew where the other was. */
  async inProcess(): Promise<ServiceProcess> {
    const port = this.process ? new URL(this.process.url).port : String(await freePort());
    if (!this.process) await this.running.close();
    this.process = await startServiceProcess(this.definition.service, { ...this.environment, PORT: port });
    return this.process;
  }

  async close(): Promise<void> {
    if (this.process) await this.process.end('SIGTERM');
    else await this.running.close();
    await this.queue.close();
    await Promise.all([this.admin.end(), this.issuer.close(), this.peer.close()]);
    await this.database.drop();
    rmSync(this.auditDir, { recursive: true, force: true });
  }

  /** An account that holds these posts, signed in. */
  async account(given: { posts: readonly PostGiven[]; accountId?: string }): Promise<SignedIn> {
    const accountId = given.accountId ?? newId();
    for (const post of given.posts) {
      await this.hear('post.changed', {
        postId: newId(),
        accountId,
        role: post.role,
        divisionCode: post.divisionCode,
        organisation: post.organisation ?? null,
        fromOn: post.fromOn ?? '2020-01-01',
        toOn: post.toOn ?? null,
        version: 1,
      });
    }
    return { accountId, token: await this.issuer.token({ sub: accountId, kind: 'account' }) };
  }

  async villager(who: { householdId: string; memberId: string }): Promise<SignedIn> {
    return { accountId: who.memberId, token: await this.issuer.token({ sub: who.memberId, kind: 'villager', household_id: who.householdId, member_id: who.memberId }) };
  }

  /** A bank whose token is good for these purposes. */
  async client(clientId: string = newId(), purposes: readonly string[] = ['loan', 'post-loan', 'insurance', 'guarantee']): Promise<SignedIn> {
    const scope = ['credit', ...purposes.map((purpose) => `purpose:${purpose}`)].join(' ');
    return { accountId: clientId, token: await this.issuer.token({ sub: clientId, kind: 'client', scope }) };
  }

  /** Asks an internal read of this service as another service would. */
  async ask<R extends InternalRead>(read: R, ask: AskOf<R>, caller: Service): Promise<RowOf<R>[]> {
    const config = loadConfig({ ...this.environment, SERVICE: caller, SERVICE_KEY: JSON.stringify(this.secrets.serviceKeys[caller]), PEERS: JSON.stringify({ [this.definition.service]: this.url }) });
    return new InternalClient(config, new ServiceTokens(config)).all(read, ask, this.definition.service);
  }

  /** Delivers a message through the real queue and waits until its effect is committed. */
  async hear<N extends EventName>(name: N, data: EventData<N>, id: string = newId()): Promise<void> {
    const message: Message<N> = { id, name, version: 1, at: new Date().toISOString(), actorId: null, causeId: null, data };
    await this.queue.publish(this.definition.service, [message], 0.05);
    await this.until(async () => {
      const heard = await this.admin.query(`SELECT 1 FROM "${this.definition.service}".inbox WHERE message_id = $1 UNION ALL SELECT 1 FROM "${this.definition.service}".parked_message WHERE message_id = $1`, [id]);
      return heard.rowCount === 1;
    }, `${name} to be heard`);
  }

  /** What this service has told others under this name so far. */
  async told<N extends EventName>(name: N): Promise<EventData<N>[]> {
    const { rows } = await this.admin.query<{ data: EventData<N> }>(`SELECT message->'data' AS data FROM "${this.definition.service}".outbox WHERE name = $1 ORDER BY seq`, [name]);
    return rows.map((row) => row.data);
  }

  /** The first message of this name, waited for. */
  async toldOne<N extends EventName>(name: N): Promise<EventData<N>> {
    return this.until(async () => (await this.told(name))[0], `${name} to be told`);
  }

  /** The database's clock moves to this day at noon in Shanghai, or to this instant. */
  async moveClockTo(dayOrInstant: string): Promise<void> {
    const target = dayOrInstant.length === 10 ? `${dayOrInstant}T12:00:00+08:00` : dayOrInstant;
    await this.admin.query('SELECT platform.move_clock($1)', [target]);
  }

  async today(): Promise<string> {
    return (await this.admin.query<{ today: string }>('SELECT platform.today()::text AS today')).rows[0]?.today ?? '';
  }

  async graph<T = Record<string, never>>(query: string, variables: Readonly<Record<string, unknown>> = {}, token?: string): Promise<GraphAnswer<T>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphAnswer<T>;
  }

  /** The data of a query that must succeed. */
  async data<T>(query: string, variables: Readonly<Record<string, unknown>> = {}, token?: string): Promise<T> {
    const answer = await this.graph<T>(query, variables, token);
    if (answer.errors || !answer.data) throw new Error(`the graph refused: ${JSON.stringify(answer.errors)}`);
    return answer.data;
  }

  /** The problem of a query that must be refused. */
  async refused(query: string, variables: Readonly<Record<string, unknown>> = {}, token?: string): Promise<NonNullable<GraphAnswer<unknown>['errors']>[number]['extensions'] & { title: string }> {
    const answer = await this.graph(query, variables, token);
    const error = answer.errors?.[0];
    if (!error) throw new Error(`the graph should have refused but answered ${JSON.stringify(answer.data)}`);
    return { ...error.extensions, title: error.message };
  }

  /** Waits for a state; fails with what was waited for. */
  async until<T>(state: () => Promise<T | undefined | false | null>, what = 'the state'): Promise<T> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const value = await state();
      if (value) return value;
      if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }
}

export function startTestService(definition: ServiceDefinition, options: TestServiceOptions = {}): Promise<TestService> {
  return TestService.start(definition, options);
}
