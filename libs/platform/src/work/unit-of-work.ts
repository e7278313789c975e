import { createHash } from 'node:crypto';
import { type EventData, type EventName, events, hearersOf, type Message, Problem } from '@credit/contracts';
import { canonicalText, shanghaiDayOf } from '@credit/policy';
import { SpanKind } from '@opentelemetry/api';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, systemActor } from '../access/actor';
import { newId } from '../database/ids';
import { inSpan, trailOfNewMessage } from '../telemetry/trail';
import type { AuditTrail, Outbox, Tx } from './tx';

/** 写请求 — one write a client asks for. The same id with the same body gets the first answer again. */
export interface WriteRequest {
  readonly actor: Actor;
  readonly operation: string;
  readonly requestId: string;
  readonly body: unknown;
}

/** Answers are stored for repeats: ids, days, codes and counts, never personal data. */
export type Receipt = Readonly<Record<string, unknown>>;

const mostTries = 3;
/** Deadlock, serialization failure: nothing was done, and nobody is to blame. */
const undoneForAnother: ReadonlySet<unknown> = new Set(['40P01', '40001']);

const requestIdShape = /^[\w.:-]{8,100}$/;

class TxOutbox implements Outbox {
  used = false;

  constructor(
    private readonly manager: EntityManager,
    private readonly now: Date,
    private readonly actor: Actor,
    private readonly causeId: string | null,
  ) {}

  append<N extends EventName>(name: N, data: EventData<N>): Promise<void> {
    return this.appendAll(name, [data]);
  }

  async appendAll<N extends EventName>(name: N, data: readonly EventData<N>[]): Promise<void> {
    if (data.length === 0) return;
    const trail = trailOfNewMessage();
    const rows = data.map((one) => {
      const checked = events[name].parse(one) as EventData<N>;
      const message: Message<N> = { id: newId(), name, version: 1, at: this.now.toISOString(), actorId: this.actor.accountId, causeId: this.causeId, ...trail, data: checked };
      return { id: message.id, name, hearers: hearersOf(name, checked), message };
    });
    await this.manager.query(
      `INSERT INTO outbox (id, name, hearers, message)
       SELECT id, name, hearers, message FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, name text, hearers text[], message jsonb)`,
      [JSON.stringify(rows)],
    );
    this.used = true;
  }
}

class TxAudit implements AuditTrail {
  constructor(
    private readonly manager: EntityManager,
    private readonly now: Date,
    private readonly actor: Actor,
  ) {}

  async record(action: string, subject: string, facts: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.manager.query('INSERT INTO audit (at, actor, action, subject, facts) VALUES ($1, $2, $3, $4, $5)', [
      this.now,
      this.actor.principal,
      action,
      subject,
      JSON.stringify(facts),
    ]);
  }
}

/** 工作单元 — the only way to the database: every use case runs in one of these. */
export class UnitOfWork {
  private readonly committed: (() => void)[] = [];

  constructor(
    private readonly deciding: DataSource,
    private readonly reading: DataSource,
  ) {}

  /** Called after each commit that left messages behind, so that they leave at once. */
  onMessages(listener: () => void): void {
    this.committed.push(listener);
  }

  /** A query: sees one moment, changes nothing. */
  read<T>(actor: Actor, query: (tx: Tx) => Promise<T>): Promise<T> {
    return this.reading.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      return query(await this.open(manager, actor, null).then(({ tx }) => tx));
    });
  }

  /**
   * One transaction: all of it or nothing. For work that no client request started (timers, sweeps, jobs). Where two wait for each
   * other the database undoes one: it is tried again, with the moment at which it first came.
   */
  async run<T>(actor: Actor, work: (tx: Tx) => Promise<T>, causeId: string | null = null): Promise<T> {
    let now: Date | undefined;
    const attempt = (): Promise<{ result: T; messages: boolean }> =>
      this.deciding.transaction('READ COMMITTED', async (manager) => {
        const { tx, outbox } = await this.open(manager, actor, causeId, now);
        now = tx.now;
        const result = await work(tx);
        return { result, messages: outbox.used };
      });
    for (let tries = 1; ; tries += 1) {
      try {
        const { result, messages } = await attempt();
        if (messages) for (const listener of this.committed) listener();
        return result;
      } catch (error) {
        if (tries === mostTries || !undoneForAnother.has((error as { code?: unknown } | null)?.code)) throw error;
      }
    }
  }

  /**
   * 一次性写入 — runs the work once per (principal, operation, request id) and keeps its answer. The same body again gets the
   * first answer; another body `request.key-reused`; one still running `request.in-progress`.
   */
  once<T extends Receipt>(request: WriteRequest, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (!requestIdShape.test(request.requestId)) throw new Problem('request.key-missing', { operation: request.operation });
    const bodyHash = createHash('sha256').update(canonicalText(request.body)).digest('hex');
    const slot = [request.actor.principal, request.operation, request.requestId];
    return inSpan(`write ${request.operation}`, SpanKind.INTERNAL, { 'credit.operation': request.operation }, () => this.run(request.actor, async (tx) => {
      const [lock] = await tx.manager.query<[{ free: boolean }]>('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS free', [slot.join('\n')]);
      if (!lock.free) throw new Problem('request.in-progress', { operation: request.operation });
      const [known] = await tx.manager.query<{ body_hash: string; response: T }[]>(
        'SELECT body_hash, response FROM idempotency WHERE principal = $1 AND operation = $2 AND key = $3',
        slot,
      );
      if (known) {
        if (known.body_hash !== bodyHash) throw new Problem('request.key-reused', { operation: request.operation });
        return known.response;
      }
      const response = await work(tx);
      await tx.manager.query('INSERT INTO idempotency (principal, operation, key, body_hash, response) VALUES ($1, $2, $3, $4, $5)', [
        ...slot,
        bodyHash,
        JSON.stringify(response),
      ]);
      return response;
    }));
  }

  /** 收件一次 — the effect of a message and the note that it was heard are one transaction; a repeat does nothing. */
  hear<N extends EventName>(message: Message<N>, handler: string, work: (tx: Tx) => Promise<void>): Promise<void> {
    return this.run(
      systemActor(message.actorId),
      async (tx) => {
        const first = await tx.manager.query<unknown[]>(
          'INSERT INTO inbox (message_id, handler) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
          [message.id, handler],
        );
        if (first.length > 0) await work(tx);
      },
      message.id,
    );
  }

  private async open(manager: EntityManager, actor: Actor, causeId: string | null, since?: Date): Promise<{ tx: Tx; outbox: TxOutbox }> {
    const now = since ?? (await manager.query<[{ now: Date }]>('SELECT platform.now() AS now'))[0].now;
    const outbox = new TxOutbox(manager, now, actor, causeId);
    const audit = new TxAudit(manager, now, actor);
    return { tx: { manager, now, today: shanghaiDayOf(now), actor, outbox, audit }, outbox };
  }
}
