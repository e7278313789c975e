import { type EventName, hearers, type Message, Problem, sharedReads, type Service } from '@credit/contracts';
import { SpanKind, type Tracer } from '@opentelemetry/api';
import type { DataSource } from 'typeorm';
import type { InternalClient } from '../internal/internal-client';
import { problemAnswer } from '../problems/problem-answer';
import type { Logger } from '../telemetry/logger';
import { reasonOf } from '../telemetry/reason';
import { inSpan, onTrail, trailOfMessage } from '../telemetry/trail';
import type { UnitOfWork } from '../work/unit-of-work';
import type { Handler } from './hears';

interface OutboxCursor {
  readonly cursor: string;
  readonly message: Message;
}

const page = 500;
/** A message that fails so often in the repair is parked, as the queue does it. */
const repairTries = 6;

/** Not the message's own fault: a peer or the storage is away for now. */
function unavailable(error: unknown): boolean {
  return problemAnswer(error).status === 503;
}

/** 收件箱 — delivers each message to its handler once, parks what keeps failing, and fetches what the queue lost. */
export class Inbox {
  private readonly startedAt = performance.now();
  private readonly repairedAt = new Map<Service, number>();
  private readonly failed = new Map<string, number>();

  constructor(
    private readonly service: Service,
    private readonly database: DataSource,
    private readonly work: UnitOfWork,
    private readonly handlers: ReadonlyMap<EventName, Handler>,
    private readonly peers: InternalClient,
    private readonly log: Logger,
    private readonly tracer: Tracer | null,
  ) {}

  /** Under the request that began it all, and in the trace of whoever sent it. */
  deliver(message: Message): Promise<'heard' | 'try-later'> {
    const facts = { 'messaging.destination.name': message.name, 'messaging.operation.name': 'process' } as const;
    return onTrail(trailOfMessage(message, this.tracer), () => inSpan(`process ${message.name}`, SpanKind.CONSUMER, facts, () => this.handle(message)));
  }

  private async handle(message: Message): Promise<'heard' | 'try-later'> {
    const handle = this.handlers.get(message.name);
    if (!handle) throw new Error(`no handler for ${message.name}`);
    try {
      await this.work.hear(message, message.name, (tx) => handle(message.data as never, tx, message));
      return 'heard';
    } catch (error) {
      if (unavailable(error)) return 'try-later';
      this.log.warn({ messageId: message.id, causeId: message.causeId, event: message.name, reason: reasonOf(error), err: error }, 'message failed');
      throw error;
    }
  }

  /** 搁置 — after its last try: kept with the reason, the queue flows on, and operators see it. */
  async park(message: Message, error: unknown): Promise<void> {
    await this.database.query(
      `INSERT INTO parked_message (message_id, name, message, reason) VALUES ($1, $2, $3, $4)
       ON CONFLICT (message_id) DO UPDATE SET reason = EXCLUDED.reason, parked_at = clock_timestamp(), replayed_at = NULL`,
      [message.id, message.name, JSON.stringify(message), reasonOf(error)],
    );
    this.log.error({ messageId: message.id, causeId: message.causeId, requestId: message.requestId, event: message.name, reason: reasonOf(error) }, 'message parked');
  }

  /** 重放 a parked message; throws what the handler throws, and then it stays parked. One that was replayed stays replayed. */
  async replay(messageId: string): Promise<void> {
    const [row] = await this.database.query<{ message: Message; replayed: boolean }[]>('SELECT message, replayed_at IS NOT NULL AS replayed FROM parked_message WHERE message_id = $1', [messageId]);
    if (!row) throw new Problem('not-found', { messageId });
    if (row.replayed) return;
    if ((await this.deliver(row.message)) === 'try-later') throw new Problem('peer.unavailable');
    await this.database.query('UPDATE parked_message SET replayed_at = clock_timestamp() WHERE message_id = $1', [messageId]);
  }

  async parked(): Promise<{ messageId: string; name: string; reason: string; parkedAt: Date; requestId: string | null }[]> {
    return this.database.query(
      `SELECT message_id AS "messageId", name, reason, parked_at AS "parkedAt", message->>'requestId' AS "requestId" FROM parked_message WHERE replayed_at IS NULL ORDER BY parked_at LIMIT 500`,
    );
  }

  /**
   * 补收 — reads every sender's outbox from where it left off and applies what this inbox lacks, so that an emptied queue
   * delays and loses nothing. A sender that cannot be reached is tried again at the next round.
   */
  async repair(): Promise<number> {
    const senders = new Set(Object.entries(hearers).flatMap(([, listed]) => ((listed as readonly Service[]).includes(this.service) ? this.peers.reachable() : [])));
    let applied = 0;
    for (const sender of senders) {
      try {
        applied += await this.repairFrom(sender);
        this.repairedAt.set(sender, performance.now());
      } catch (error) {
        this.log.info({ sender, reason: reasonOf(error) }, 'repair postponed');
      }
    }
    return applied;
  }

  /** Seconds since each sender's outbox was last read to its end; since the start where it never was. */
  repairAges(): Map<Service, number> {
    return new Map(this.peers.reachable().map((sender) => [sender, (performance.now() - (this.repairedAt.get(sender) ?? this.startedAt)) / 1000]));
  }

  private async repairFrom(sender: Service): Promise<number> {
    let applied = 0;
    for (;;) {
      const [known] = await this.database.query<{ cursor: string }[]>('SELECT cursor FROM repair_cursor WHERE sender = $1', [sender]);
      const rows = (await this.peers.all(sharedReads.outbox, { after: known?.cursor ?? '0-0', limit: page }, sender)) as OutboxCursor[];
      const last = rows.at(-1);
      if (!last) return applied;
      let postponed = false;
      for (const { message } of await this.lacking(rows)) {
        try {
          if ((await this.deliver(message)) === 'try-later') return applied;
          applied += 1;
          this.failed.delete(message.id);
        } catch (error) {
          if (this.mayTryAgain(message.id)) postponed = true;
          else await this.park(message, error);
        }
      }
      if (postponed) return applied;
      await this.database.query(
        'INSERT INTO repair_cursor (sender, cursor) VALUES ($1, $2) ON CONFLICT (sender) DO UPDATE SET cursor = EXCLUDED.cursor',
        [sender, last.cursor],
      );
    }
  }

  /** Whether a message that failed is to be tried again at the next round. */
  private mayTryAgain(messageId: string): boolean {
    const failed = (this.failed.get(messageId) ?? 0) + 1;
    if (failed < repairTries) this.failed.set(messageId, failed);
    else this.failed.delete(messageId);
    return failed < repairTries;
  }

  private async lacking(rows: readonly OutboxCursor[]): Promise<readonly OutboxCursor[]> {
    const heard = await this.database.query<{ id: string }[]>(
      `SELECT message_id AS id FROM inbox WHERE message_id = ANY($1) UNION SELECT message_id FROM parked_message WHERE message_id = ANY($1)`,
      [rows.map((row) => row.message.id)],
    );
    const known = new Set(heard.map((row) => row.id));
    return rows.filter((row) => !known.has(row.message.id));
  }
}
