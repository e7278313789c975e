import type { EventData, EventName } from '@credit/contracts';
import type { PlainDate } from '@credit/policy';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../access/actor';

/** 待发消息 — appended in the same transaction as the effect it tells of. */
export interface Outbox {
  append<N extends EventName>(name: N, data: EventData<N>): Promise<void>;
  appendAll<N extends EventName>(name: N, data: readonly EventData<N>[]): Promise<void>;
}

/** 审计 — who did what to which case; ids, days and codes only. */
export interface AuditTrail {
  record(action: string, subject: string, facts?: Readonly<Record<string, unknown>>): Promise<void>;
}

/**
 * 工作单元 — what one unit of work holds: the transaction, the moment that counts (the database's, read once, before any
 * wait for a lock), who acts, and where messages and audit lines go. Stores are made from it; use cases use the rest.
 */
export interface Tx {
  readonly manager: EntityManager;
  readonly now: Date;
  /** Today in Shanghai. */
  readonly today: PlainDate;
  readonly actor: Actor;
  readonly outbox: Outbox;
  readonly audit: AuditTrail;
}
