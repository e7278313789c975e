import type { Message, Service } from '@credit/contracts';
import type { DataSource } from 'typeorm';
import type { MessageQueue } from './message-queue';

interface OutboxRow {
  readonly seq: string;
  readonly hearers: Service[];
  readonly message: Message;
}

const pageSize = 500;
const keptDays = 35;

/** 转发 — hands committed outbox rows to the queues. Several replicas may do it together; a row handed over twice is one job. */
export class Relay {
  private running: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly database: DataSource,
    private readonly queue: MessageQueue,
    private readonly retrySeconds: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** There may be something to hand over; returns at once. */
  nudge(): void {
    this.flush().catch(this.onError);
  }

  /** Hands over everything committed so far. */
  flush(): Promise<void> {
    this.again = true;
    this.running ??= this.drain().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async drain(): Promise<void> {
    while (this.again) {
      this.again = false;
      while ((await this.handOver()) === pageSize);
    }
  }

  private handOver(): Promise<number> {
    return this.database.transaction(async (manager) => {
      const rows = await manager.query<OutboxRow[]>(
        'SELECT seq, hearers, message FROM outbox WHERE relayed_at IS NULL ORDER BY seq LIMIT $1 FOR UPDATE SKIP LOCKED',
        [pageSize],
      );
      if (rows.length === 0) return 0;
      const perService = new Map<Service, Message[]>();
      for (const { hearers, message } of rows) {
        for (const service of hearers) perService.set(service, [...(perService.get(service) ?? []), message]);
      }
      await Promise.all([...perService].map(([service, messages]) => this.queue.publish(service, messages, this.retrySeconds)));
      await manager.query('UPDATE outbox SET relayed_at = clock_timestamp() WHERE seq = ANY($1)', [rows.map((row) => row.seq)]);
      return rows.length;
    });
  }

  /** Messages handed over, and notes of those heard, are kept long enough for any repair and then go. */
  async forgetOld(): Promise<void> {
    await this.database.query('DELETE FROM outbox WHERE relayed_at < clock_timestamp() - make_interval(days => $1)', [keptDays]);
    await this.database.query('DELETE FROM inbox WHERE recorded_at < clock_timestamp() - make_interval(days => $1)', [keptDays * 2]);
  }

  async unsent(): Promise<number> {
    const [row] = await this.database.query<[{ count: number }]>('SELECT count(*)::int AS count FROM outbox WHERE relayed_at IS NULL');
    return row.count;
  }
}
