import type { Message, Service } from '@credit/contracts';
import { createPostgresBackend, DelayedError, type Job, Queue, type QueueOptions, createRedisBackend, Worker } from 'bullmq';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { queueSchema } from '../database/migrate';

export type Delivery = (message: Message) => Promise<'heard' | 'try-later'>;

export interface ListenOptions {
  readonly concurrency: number;
  readonly retrySeconds: number;
  /** Called once when every try of a message has failed. */
  readonly onExhausted: (message: Message, error: Error) => Promise<void>;
}

const tries = 6;
const tryLaterMs = 3_000;
const kept = { removeOnComplete: { age: 86_400, count: 10_000 }, removeOnFail: { age: 35 * 86_400 } } as const;

function redisOptions(url: URL): RedisOptions {
  return {
    username: url.username || undefined,
    password: url.password || undefined,
    tls: url.protocol === 'rediss:' ? {} : undefined,
    maxRetriesPerRequest: null,
    enableReadyCheck: true,
  } as RedisOptions;
}

/** `redis-cluster://a:1,b:2` and `redis-sentinel://a:1,b:2/master` name several hosts, which URL cannot read. */
function connectRedis(url: string): Redis | Cluster {
  const many = /^redis-(cluster|sentinel):\/\/(?:([^@/]*)@)?([^/]+)(?:\/([^/]+))?$/.exec(url);
  if (!many) {
    const single = new URL(url);
    return new Redis({ ...redisOptions(single), host: single.hostname, port: Number(single.port || 6379), db: Number(single.pathname.slice(1) || 0) });
  }
  const [, shape, credentials, hosts = '', master = 'mymaster'] = many;
  const nodes = hosts.split(',').map((host) => ({ host: host.split(':')[0] ?? '', port: Number(host.split(':')[1] ?? 6379) }));
  const shared = redisOptions(new URL(`redis://${credentials ? `${credentials}@` : ''}${hosts.split(',')[0] ?? ''}`));
  return shape === 'cluster' ? new Cluster(nodes, { redisOptions: shared }) : new Redis({ ...shared, sentinels: nodes, name: master });
}

/**
 * 消息队列 — BullMQ, one queue per hearing service, on PostgreSQL or on Redis by the address alone. A job's id is its
 * message's id, so that adding one again while it is known does nothing. Losing the queue loses nothing but time: the
 * outboxes of the senders hold every message.
 */
export class MessageQueue {
  private readonly queues = new Map<Service, Queue>();
  private worker: Worker | undefined;
  private readonly options: () => QueueOptions;
  private readonly redis: (Redis | Cluster)[] = [];
  private readonly onPostgres: boolean;

  constructor(
    url: string,
    private readonly name: string,
    private readonly onError: (error: Error) => void,
  ) {
    this.onPostgres = url.startsWith('postgres');
    this.options = this.onPostgres
      ? () => ({ connection: { connectionString: url, schema: queueSchema, max: 2, application_name: `credit-${this.name}-queue` } as never, prefix: 'credit' })
      : () => {
          const client = connectRedis(url);
          client.on('error', this.onError);
          this.redis.push(client);
          return { connection: client as never, prefix: '{credit}' };
        };
  }

  private queueOf(service: Service): Queue {
    let queue = this.queues.get(service);
    if (!queue) {
      queue = new Queue(service, { ...this.options(), defaultJobOptions: { ...kept, attempts: tries } }, this.backend());
      queue.on('error', this.onError);
      this.queues.set(service, queue);
    }
    return queue;
  }

  private backend(): never {
    return (this.onPostgres ? createPostgresBackend : createRedisBackend) as never;
  }

  async publish(service: Service, messages: readonly Message[], retrySeconds: number): Promise<void> {
    await this.queueOf(service).addBulk(
      messages.map((message) => ({ name: message.name, data: message, opts: { jobId: message.id, backoff: { type: 'exponential', delay: retrySeconds * 1000 } } })),
    );
  }

  async listen(service: Service, deliver: Delivery, options: ListenOptions): Promise<void> {
    const process = async (job: Job<Message>, token?: string): Promise<void> => {
      if ((await deliver(job.data)) === 'heard') return;
      await job.moveToDelayed(Date.now() + tryLaterMs, token);
      throw new DelayedError();
    };
    this.worker = new Worker<Message>(service, process, { ...this.options(), concurrency: options.concurrency }, this.backend());
    this.worker.on('error', this.onError);
    this.worker.on('failed', (job, error) => {
      if (job && job.attemptsMade >= tries) options.onExhausted(job.data, error).catch(this.onError);
    });
    await this.worker.waitUntilReady();
  }

  /** Messages for a service that wait, run or are to be tried again. */
  async pending(service: Service): Promise<number> {
    const counts = await this.queueOf(service).getJobCounts('waiting', 'active', 'delayed', 'prioritized');
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  }

  /** Empties one service's queue, as an accident would; only the repair brings the messages back. */
  async empty(service: Service): Promise<void> {
    await this.queueOf(service).drain(true);
  }

  async ready(): Promise<void> {
    await this.queueOf('gateway').getJobCounts('waiting');
  }

  async close(): Promise<void> {
    await this.worker?.close();
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    await Promise.all(this.redis.map((client) => client.quit().catch(() => undefined)));
  }
}
