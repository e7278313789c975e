import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { EventData, EventName, Service } from '@credit/contracts';
import fastifyHelmet from '@fastify/helmet';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, MetadataScanner, NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Tracer } from '@opentelemetry/api';
import { DataSource } from 'typeorm';
import { AccessGuard } from '../access/access.guard';
import { AccessTable } from '../access/access-table';
import { projectPost } from '../access/post-projection';
import { Tokens } from '../access/tokens';
import { Sealer } from '../audit/sealer';
import { type Config, ConfigError, loadConfig } from '../config/config';
import { repositoryRoot } from '../config/repository-root';
import { Vault } from '../crypto/vault';
import { dataSource, type Row } from '../database/database';
import { graphModule, onlyReachableTypes } from '../graphql/graph';
import { collectAnswers } from '../internal/answers';
import { InternalAnswers, InternalController } from '../internal/internal.controller';
import { InternalClient } from '../internal/internal-client';
import { ServiceTokens } from '../internal/service-tokens';
import { collectHandlers, type Handler } from '../messages/hears';
import { Inbox } from '../messages/inbox';
import { MessageQueue } from '../messages/message-queue';
import { ParkedController } from '../messages/parked.controller';
import { PlatformReads } from '../messages/platform.reads';
import { Relay } from '../messages/relay';
import { ProblemFilter } from '../problems/problem.filter';
import { datedRules, loadRules } from '../rules';
import type { Backlog, Duty } from '../telemetry/duty';
import { createLogger, type Logger } from '../telemetry/logger';
import { Metrics } from '../telemetry/metrics';
import { startTracing } from '../telemetry/tracing';
import { traceRequests } from '../telemetry/trace-requests';
import { StoreFigures } from '../telemetry/store-figures';
import { watchStore } from '../telemetry/store-watch';
import { Background } from '../work/background';
import { UnitOfWork } from '../work/unit-of-work';
import { FiguresController } from './figures.controller';
import { HealthController, Readiness } from './health.controller';
import { CONFIG, LOGGER, RULES } from './injection-keys';
import { limitRates } from './rate-limit';

/** 服务定义 — what a service gives the platform; all the rest is the same for all. */
export interface ServiceDefinition {
  readonly service: Service;
  readonly module: Type;
  /** TypeORM rows of the service's own tables; explicit, so that services in one process keep theirs apart. */
  readonly rows: readonly Row[];
  /** 法定事项 of this service and what waits for the system itself: told as metrics and on the operators' page. */
  readonly duties?: readonly Duty[];
  readonly backlogs?: readonly Backlog[];
  /** For a service that has to touch Fastify itself before it listens (uploads, an OpenID provider). */
  readonly prepare?: (app: NestFastifyApplication, config: Config) => Promise<void>;
}

export interface RunningService {
  readonly service: Service;
  readonly url: string;
  readonly app: NestFastifyApplication;
  close(): Promise<void>;
}

const requestIdShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id a neighbour gave the request, so that one request is one id in all logs and messages; only a UUID, which can carry nothing of a person. */
function requestIdOf(request: { headers: Readonly<Record<string, string | string[] | undefined>> }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && requestIdShape.test(given) ? given : randomUUID();
}

/** Largest request body in bytes; uploads have their own limit. */
const bodyLimit = 1024 * 1024;
/** A request that arrives slower than this is cut; the largest workbook on a village's line takes less. */
const requestTimeout = 300_000;
const messageConcurrency = 3;
const retentionEverySeconds = 3_600;

interface Store {
  readonly deciding: DataSource;
  readonly reading: DataSource;
  readonly queue: MessageQueue;
  readonly work: UnitOfWork;
  readonly relay: Relay;
  readonly inbox: Inbox;
  readonly sealer: Sealer;
  readonly figures: StoreFigures;
  readonly handlers: Map<EventName, Handler>;
}

async function openStore(config: Config, { rows, duties = [], backlogs = [] }: ServiceDefinition, peers: InternalClient, log: Logger, tracer: Tracer | null): Promise<Store> {
  const deciding = dataSource(config, 'deciding', rows);
  const reading = dataSource(config, 'reading', rows);
  await Promise.all([deciding.initialize(), reading.initialize()]);
  if (config.production) {
    const [clock] = await deciding.query<[{ moved: boolean }]>('SELECT platform.clock_was_moved() AS moved');
    if (clock.moved) throw new ConfigError('这个数据库的时钟曾被演示环境拨动，不能用于生产 / the clock of this database was once moved; it never serves production');
  }
  const onError = (error: unknown): void => log.warn({ err: error }, 'queue trouble');
  const queue = new MessageQueue(config.QUEUE_URL, config.SERVICE, onError, { silenceMs: config.MESSAGE_SILENCE_SECONDS * 1000 });
  const work = new UnitOfWork(deciding, reading);
  const relay = new Relay(deciding, queue, config.MESSAGE_RETRY_SECONDS, onError);
  work.onMessages(() => relay.nudge());
  const handlers = new Map<EventName, Handler>();
  const inbox = new Inbox(config.SERVICE, deciding, work, handlers, peers, log, tracer);
  const sealer = new Sealer(config.SERVICE, deciding, config.AUDIT_EXPORT_DIR);
  return { deciding, reading, queue, work, relay, inbox, handlers, sealer, figures: new StoreFigures(reading, duties, backlogs) };
}

/** Messages being handled are finished, and what they left behind is handed over and sealed. */
async function closeStore({ relay, queue, sealer, deciding, reading }: Store): Promise<void> {
  await relay.flush().catch(() => undefined);
  await queue.close();
  await sealer.seal().catch(() => undefined);
  await Promise.all([deciding.destroy(), reading.destroy()]);
}

function storeProviders(store: Store): Provider[] {
  return [
    { provide: DataSource, useValue: store.reading },
    { provide: UnitOfWork, useValue: store.work },
    { provide: MessageQueue, useValue: store.queue },
    { provide: Relay, useValue: store.relay },
    { provide: Inbox, useValue: store.inbox },
    { provide: Sealer, useValue: store.sealer },
    { provide: StoreFigures, useValue: store.figures },
    PlatformReads,
  ];
}

async function listenToMessages(store: Store, config: Config, metrics: Metrics): Promise<void> {
  await store.queue.listen(
    config.SERVICE,
    async (message) => {
      try {
        const outcome = await store.inbox.deliver(message);
        metrics.messages.inc({ event: message.name, outcome });
        if (outcome === 'heard') metrics.lag.observe({ event: message.name }, Math.max(0, Date.now() - Date.parse(message.at)) / 1000);
        return outcome;
      } catch (error) {
        metrics.messages.inc({ event: message.name, outcome: 'failed' });
        throw error;
      }
    },
    { concurrency: messageConcurrency, retrySeconds: config.MESSAGE_RETRY_SECONDS, onExhausted: (message, error) => store.inbox.park(message, error) },
  );
}

/**
 * 启动服务 — one service from its definition and its environment: database, queue, graph, internal reads, probes. Refuses to
 * start on a faulty configuration, a missing handler or a faulty rule file.
 */
export async function startService(definition: ServiceDefinition, environment: Readonly<Record<string, string | undefined>>): Promise<RunningService> {
  const config = loadConfig({ ...environment, SERVICE: definition.service });
  const log = createLogger(config);
  const rulesFolder = join(repositoryRoot(), 'rules');
  const access = AccessTable.load(join(rulesFolder, 'access'));
  const serviceTokens = new ServiceTokens(config);
  const peers = new InternalClient(config, serviceTokens);
  const metrics = new Metrics(config.SERVICE);
  const answers = new InternalAnswers();
  const background = new Background(log);
  const tracing = await startTracing(config);
  const store = config.SERVICE === 'gateway' ? null : await openStore(config, definition, peers, log, tracing.tracer);
  const tokens = new Tokens(config);
  const core: DynamicModule = {
    module: class PlatformModule {},
    global: true,
    imports: [DiscoveryModule],
    controllers: store ? [HealthController, InternalController, ParkedController, FiguresController] : [HealthController],
    providers: [
      { provide: CONFIG, useValue: config },
      { provide: LOGGER, useValue: log },
      { provide: RULES, useValue: loadRules(rulesFolder) },
      { provide: AccessTable, useValue: access },
      { provide: Tokens, useValue: tokens },
      { provide: ServiceTokens, useValue: serviceTokens },
      { provide: InternalClient, useValue: peers },
      { provide: InternalAnswers, useValue: answers },
      { provide: Metrics, useValue: metrics },
      { provide: Background, useValue: background },
      { provide: Vault, useValue: new Vault(config) },
      { provide: Readiness, useValue: new Readiness(store ? [() => store.reading.query('SELECT 1'), () => store.queue.ready()] : []) },
      ...(store ? storeProviders(store) : []),
    ],
  };
  core.exports = [...(core.providers ?? []).map((provider) => (typeof provider === 'function' ? provider : provider.provide)), DiscoveryModule];
  const root: DynamicModule = { module: class RootModule {}, imports: [core, ...(store ? [graphModule(log)] : []), definition.module] };

  for (const rules of datedRules()) rules.load();

  const adapter = new FastifyAdapter({ bodyLimit, requestTimeout, genReqId: requestIdOf, logger: false, trustProxy: config.TRUST_PROXY?.split(',').map((address) => address.trim()) ?? false });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { logger: ['error', 'fatal'], bufferLogs: false, abortOnError: false });
  if (store) onlyReachableTypes(app);
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalGuards(new AccessGuard(app.get(Reflector), tokens, serviceTokens, access, store?.reading ?? null));
  // A county's office network often has no certificates inside: pages must not be turned to https by their own policy.
  await app.register(fastifyHelmet as never, { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } } as never);
  traceRequests(adapter.getInstance(), tracing.tracer);
  limitRates(adapter.getInstance(), { perCaller: config.RATE_PER_CALLER, perAddress: config.RATE_PER_ADDRESS, graphIsPublic: config.SERVICE === 'gateway' });
  adapter.getInstance().addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.requests.observe({ route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    log.debug({ requestId: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
    done();
  });
  await definition.prepare?.(app, config);
  await app.init();

  if (store) {
    const discovery = app.get(DiscoveryService, { strict: false });
    const scanner = app.get(MetadataScanner, { strict: false });
    const reflector = app.get(Reflector);
    for (const [name, answer] of collectAnswers(discovery, scanner, reflector)) answers.byName.set(name, answer);
    const vault = app.get(Vault);
    const eraseSubject: Handler = ({ subjectIds }: EventData<'subject.erased'>, tx) => vault.erase(tx, subjectIds);
    const platformHandlers = new Map<EventName, Handler>([['post.changed', projectPost as Handler], ['subject.erased', eraseSubject]]);
    for (const [event, handler] of collectHandlers(config.SERVICE, discovery, scanner, reflector, platformHandlers)) store.handlers.set(event, handler);
    watchStore(metrics, { service: config.SERVICE, figures: store.figures, queue: store.queue, inbox: store.inbox, pools: { deciding: store.deciding, reading: store.reading } });
    await listenToMessages(store, config, metrics);
    background.every('relay', config.RELAY_EVERY_SECONDS, () => store.relay.flush());
    background.every('repair', config.REPAIR_EVERY_SECONDS, () => store.inbox.repair());
    background.every('retention', retentionEverySeconds, () => store.relay.forgetOld());
    background.every('seal', config.SEAL_EVERY_SECONDS, () => store.sealer.seal());
  }
  await app.listen({ port: config.PORT, host: config.HOST });
  log.info({ port: config.PORT }, 'serving');

  return {
    service: config.SERVICE,
    url: await app.getUrl(),
    app,
    async close(): Promise<void> {
      await background.stop();
      await app.close();
      if (store) await closeStore(store);
      await tracing.close();
    },
  };
}
