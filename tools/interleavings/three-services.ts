import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AskOf, type InternalRead, type Message, type RowOf, type Service, services } from '@credit/contracts';
import { InternalClient, loadConfig, MessageQueue, newId, type RunningService, ServiceTokens, startService } from '@credit/platform';
import { createTestDatabase, type DeploymentSecrets, makeSecrets, startTestIssuer, startTestPeer, type TestDatabase, type TestIssuer, type TestPeer } from '@credit/testing';
import { Client } from 'pg';
import { appeals } from '../../apps/appeals/src/appeals.service';
import { civility } from '../../apps/civility/src/civility.service';
import { publicity } from '../../apps/publicity/src/publicity.service';
import { freePort } from '../free-port';
import { type Mutation, mutations, posts, type Role } from './doors';

/** Long enough for a machine that does other work too. */
const patienceMs = 60_000;

export const running = ['publicity', 'appeals', 'civility'] as const;
export type Running = (typeof running)[number];
const definitions = { publicity, appeals, civility };

/** What a door said: the receipt, or the code of the problem. */
export type Answer<T> = { readonly receipt: T } | { readonly refused: string };

interface Graph<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string; readonly status: number } }[];
}

/** 公示、评议、异议三个服务 — for real, in one process on one database with its queues; only the archives are stood in for. */
export class ThreeServices {
  private readonly tokens = new Map<Role, string>();

  private constructor(
    private readonly database: TestDatabase,
    readonly admin: Client,
    private readonly issuer: TestIssuer,
    readonly archives: TestPeer,
    private readonly secrets: DeploymentSecrets,
    private readonly urls: Readonly<Record<Running, string>>,
    private readonly processes: readonly RunningService[],
    private readonly environment: Readonly<Record<string, string>>,
    private readonly queue: MessageQueue,
  ) {}

  static async start(more: Readonly<Record<string, string>> = {}): Promise<ThreeServices> {
    const [database, issuer, archives, secrets] = await Promise.all([createTestDatabase(), startTestIssuer(), startTestPeer(), makeSecrets()]);
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    const ports = [await freePort(), await freePort(), await freePort()];
    const urls = Object.fromEntries(running.map((service, index) => [service, `http://127.0.0.1:${ports[index]}`])) as Record<Running, string>;
    const environment = {
      NODE_ENV: 'test',
      PEERS: JSON.stringify({ ...Object.fromEntries(services.map((service) => [service, archives.url])), ...urls }),
      OIDC_ISSUER: issuer.issuer,
      SERVICE_PUBLIC_KEYS: JSON.stringify(secrets.servicePublicKeys),
      DATA_KEYS: secrets.dataKeys,
      HASH_KEY: secrets.hashKey,
      SANDBOX: 'true',
      AUDIT_EXPORT_DIR: mkdtempSync(join(tmpdir(), 'credit-audit-')),
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      MESSAGE_RETRY_SECONDS: '0.05',
      REPAIR_EVERY_SECONDS: '1',
      ...more,
    };
    const processes: RunningService[] = [];
    for (const [index, service] of running.entries()) {
      const url = database.urlFor(service);
      processes.push(await startService(definitions[service], { ...environment, PORT: String(ports[index]), DATABASE_URL: url, QUEUE_URL: url, SERVICE_KEY: JSON.stringify(secrets.serviceKeys[service]) }));
    }
    const queue = new MessageQueue(database.urlFor('publicity'), 'interleavings', () => undefined);
    const town = new ThreeServices(database, admin, issuer, archives, secrets, urls, processes, environment, queue);
    await town.employ();
    return town;
  }

  /** One person per role, with a post that every service has heard of. */
  private async employ(): Promise<void> {
    const messages: Message[] = [];
    for (const [role, divisionCode] of Object.entries(posts)) {
      const accountId = newId();
      this.tokens.set(role as Role, await this.issuer.token({ sub: accountId, kind: 'account' }, { expiresIn: '1h' }));
      messages.push({ id: newId(), name: 'post.changed', version: 1, at: new Date().toISOString(), actorId: null, causeId: null, data: { postId: newId(), accountId, role, divisionCode, organisation: null, fromOn: '2020-01-01', toOn: null, version: 1 } });
    }
    for (const service of running) await this.deliver(service, messages);
    const heardBy = running.map((service) => `(SELECT count(*) FROM "${service}".inbox WHERE message_id = ANY($1))`).join(' + ');
    await this.until(async () => {
      const { rows } = await this.admin.query<{ heard: number }>(`SELECT (${heardBy})::int AS heard`, [messages.map(({ id }) => id)]);
      return rows[0]?.heard === messages.length * running.length;
    }, 'the posts to be heard of');
  }

  async close(): Promise<void> {
    for (const one of this.processes.toReversed()) await one.close();
    await this.queue.close();
    await Promise.all([this.admin.end(), this.issuer.close(), this.archives.close()]);
    await this.database.drop();
    rmSync(this.environment['AUDIT_EXPORT_DIR'] ?? '', { recursive: true, force: true });
  }

  deliver(service: Service, messages: readonly Message[]): Promise<void> {
    return this.queue.publish(service, messages, 0.05);
  }

  private async post<T>(service: Running, role: Role, query: string, variables: object): Promise<Graph<T>> {
    const response = await fetch(`${this.urls[service]}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.tokens.get(role)}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Graph<T>;
  }

  /** Tries a mutation, again with the same request id while a service says it is busy; only a problem that tells the caller what to do is an answer. */
  async attempt<T = Record<string, unknown>>(mutation: Mutation, input: object, requestId: string = newId()): Promise<Answer<T>> {
    const { service, role, type, answer } = mutations[mutation];
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} } }`;
    const sent = await this.until(async () => {
      const one = await this.post<Record<string, T>>(service, role, query, { input: { requestId, ...input } });
      return one.errors?.[0]?.extensions.status === 503 ? null : one;
    }, `${mutation} to be possible`);
    const problem = sent.errors?.[0]?.extensions;
    if (problem && problem.status >= 400 && problem.status < 500 && !['input.invalid', 'forbidden'].includes(problem.code)) return { refused: problem.code };
    const receipt = sent.data?.[mutation];
    if (problem || !receipt) throw new Error(`${mutation} ${JSON.stringify(input)} → ${JSON.stringify(sent)}`);
    return { receipt };
  }

  /** A mutation that must succeed. */
  async do<T = Record<string, unknown>>(mutation: Mutation, input: object): Promise<T> {
    const answer = await this.attempt<T>(mutation, input);
    if ('refused' in answer) throw new Error(`${mutation} was refused: ${answer.refused} ${JSON.stringify(input)}`);
    return answer.receipt;
  }

  async ask<T>(service: Running, role: Role, query: string, variables: object = {}): Promise<T> {
    const { data, errors } = await this.post<T>(service, role, query, variables);
    if (errors || !data) throw new Error(`${query} → ${JSON.stringify(errors)}`);
    return data;
  }

  /** Asks an internal read as a neighbour does. */
  read<R extends InternalRead>(read: R, ask: AskOf<R>, of: Running, caller: Service): Promise<RowOf<R>[]> {
    const config = loadConfig({ ...this.environment, PORT: '0', SERVICE: caller, SERVICE_KEY: JSON.stringify(this.secrets.serviceKeys[caller]), DATABASE_URL: this.database.urlFor('rating'), QUEUE_URL: this.database.urlFor('rating') });
    return new InternalClient(config, new ServiceTokens(config)).all(read, ask, of);
  }

  async today(): Promise<string> {
    return (await this.clock()).today;
  }

  /** The sandbox clock, midnight by midnight, to nine in the morning of a day. */
  async moveTo(day: string): Promise<void> {
    await this.clock({ to: `${day}T09:00:00+08:00` });
  }

  private async clock(body?: object): Promise<{ today: string }> {
    const headers = { authorization: `Bearer ${this.tokens.get('system-admin')}`, 'content-type': 'application/json' };
    const answer = await fetch(`${this.urls.publicity}/sandbox/clock`, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers });
    if (!answer.ok) throw new Error(`the sandbox clock: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { today: string };
  }

  async until<T>(state: () => Promise<T | undefined | false | null>, what: string): Promise<T> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const value = await state();
      if (value) return value;
      if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
