import type { Message, Service } from '@credit/contracts';
import { createPostgresBackend, createRedisBackend, DelayedError, type Job, type PostgresConnection, Queue, type QueueOptions, Worker } from 'bullmq';
import { type DatabaseClient, giveUpAfter } from '../database/database';
import { queueSchema } from '../database/migrate';
import { RedisConnection, type RedisUse } from './redis-connection';

export type Delivery = (message: Message) => Promise<'heard' | 'try-later'>;

export interface ListenOptions {
  readonly concurrency: number;
  readonly retrySeconds: number;
  /** Called once when every try of a message has failed. */
  readonly onExhausted: (message: Message, error: Error) => Promise<void>;
}

/** 等待限度 — how long one side of a queue waits for the other. */
export interface QueuePatience {
  /** A worker silent for so long has gone away: its messages go to another. */
  readonly silenceMs: number;
  /** A queue out of reach for so long is an error for the sender, who keeps the message and tries again. */
  readonly reachMs: number;
}

const usualPatience: QueuePatience = { silenceMs: 30_000, reachMs: 10_000 };
const tries = 6;
const tryLaterFactor = 6;
const kept = { removeOnComplete: { age: 86_400, count: 10_000 }, removeOnFail: { age: 35 * 86_400 } } as const;

/** One end of a queue with the Redis connection it owns; PostgreSQL connections belong to BullMQ itself. */
interface End<T> {
  readonly of: T;
  readonly redis: RedisConnection | undefined;
}

async function disconnect({ of, redis }: End<Queue | Worker>): Promise<void> {
  await redis?.settle();
  await of.close();
  redis?.client.disconnect();
}

/** BullMQ keeps the connection on which it is told of new messages for good, also when nobody answers on it any more. */
async function hangUpWhereSilent(worker: Worker): Promise<void> {
  const { connection } = worker.getBackend() as unknown as { connection: PostgresConnection };
  const client = await connection.getListenClient();
  await client.query('SELECT 1').catch((error: unknown) => {
    if (!worker.closing) (client as unknown as DatabaseClient).connection.stream.destroy(error as Error);
  });
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the queue cannot be reached')), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * 消息队列 — BullMQ, one queue per hearing service, on PostgreSQL or on Redis by the address alone. A job's id is its
 * message's id, so that adding one again while it is known does nothing. Losing the queue loses nothing but time: the
 * outboxes of the senders hold every message.
 */
export class MessageQueue {
  private readonly queues = new Map<Service, Promise<End<Queue>>>();
  private worker: End<Worker<Message>> | undefined;
  private readonly onPostgres: boolean;
  private readonly backend: never;
  private readonly patience: QueuePatience;

  constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly onError: (error: Error) => void,
    patience: Partial<QueuePatience> = {},
  ) {
    this.patience = { ...usualPatience, ...patience };
    this.onPostgres = url.startsWith('postgres');
    this.backend = (this.onPostgres ? createPostgresBackend : createRedisBackend) as never;
  }

  private connect(use: RedisUse): { readonly options: QueueOptions; readonly redis: RedisConnection | undefined } {
    if (this.onPostgres) {
      const { reachMs } = this.patience;
      const patience = { connectionTimeoutMillis: reachMs, query_timeout: reachMs, onConnect: giveUpAfter(reachMs * 1.5) };
      const connection = { connectionString: this.url, schema: queueSchema, max: 2, application_name: `credit-${this.name}-queue`, ...patience };
      return { options: { connection: connection as never, prefix: 'credit' }, redis: undefined };
    }
    const redis = new RedisConnection(this.url, use, this.onError);
    return { options: { connection: redis.client as never, prefix: '{credit}' }, redis };
  }

  /** A queue that could not be opened is forgotten, so that the next sender tries anew. */
  private queueOf(service: Service): Promise<End<Queue>> {
    const known = this.queues.get(service);
    if (known) return known;
    const opening = this.open(service);
    this.queues.set(service, opening);
    opening.catch(() => this.queues.delete(service));
    return opening;
  }

  private async open(service: Service): Promise<End<Queue>> {
    const { options, redis } = this.connect('sending');
    const queue = new Queue(service, { ...options, defaultJobOptions: { ...kept, attempts: tries } }, this.backend);
    queue.on('error', this.onError);
    try {
      await within(this.patience.reachMs, queue.waitUntilReady());
      return { of: queue, redis };
    } catch (error) {
      redis?.client.disconnect();
      await queue.close().catch(this.onError);
      throw error;
    }
  }

  private async ask<T>(service: Service, question: (queue: Queue) => Promise<T>): Promise<T> {
    const { of: queue } = await this.queueOf(service);
    return within(this.patience.reachMs, question(queue));
  }

  async publish(service: Service, messages: readonly Message[], retrySeconds: number): Promise<void> {
    const backoff = { type: 'exponential', delay: retrySeconds * 1000 };
    const jobs = messages.map((message) => ({ name: message.name, data: message, opts: { jobId: message.id, backoff } }));
    await this.ask(service, (queue) => queue.addBulk(jobs));
  }

  async listen(service: Service, deliver: Delivery, { concurrency, retrySeconds, onExhausted }: ListenOptions): Promise<void> {
    const process = async (job: Job<Message>, token?: string): Promise<void> => {
      if ((await deliver(job.data)) === 'heard') return;
      await job.moveToDelayed(Date.now() + retrySeconds * 1000 * tryLaterFactor, token);
      throw new DelayedError();
    };
    const { options, redis } = this.connect('working');
    const { silenceMs, reachMs } = this.patience;
    const pace = { concurrency, lockDuration: silenceMs, stalledInterval: silenceMs, maxStalledCount: tries, runRetryDelay: reachMs };
    const worker = new Worker<Message>(service, process, { ...options, ...pace }, this.backend);
    this.worker = { of: worker, redis };
    worker.on('error', (error) => {
      this.onError(error);
      if (this.onPostgres && error.message === 'Query read timeout') hangUpWhereSilent(worker).catch(this.onError);
    });
    worker.on('failed', (job, error) => {
      if (job?.finishedOn !== undefined) onExhausted(job.data, error).catch(this.onError);
    });
    await worker.waitUntilReady();
  }

  /** Messages for a service that wait, run or are to be tried again. */
  async pending(service: Service): Promise<number> {
    const counts = await this.ask(service, (queue) => queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized'));
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  }

  /** Messages for a service that no worker has taken yet. */
  waiting(service: Service): Promise<number> {
    return this.ask(service, (queue) => queue.getWaitingCount());
  }

  /** Empties one service's queue, as an accident would; only the repair brings the messages back. */
  async empty(service: Service): Promise<void> {
    await this.ask(service, (queue) => queue.drain(true));
  }

  async ready(): Promise<void> {
    await this.ask('gateway', (queue) => queue.getJobCounts('waiting'));
  }

  /** Takes no more messages and waits for those being handled; also works while the queue is out of reach. */
  async close(): Promise<void> {
    const queues = [...this.queues.values()].map((opening) => opening.then(disconnect, () => undefined));
    await Promise.all([...(this.worker ? [disconnect(this.worker)] : []), ...queues]);
  }
}
