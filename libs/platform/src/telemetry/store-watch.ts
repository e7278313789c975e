import type { Service } from '@credit/contracts';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { Inbox } from '../messages/inbox';
import type { MessageQueue } from '../messages/message-queue';
import { overdueRanges } from './duty';
import { type Metrics, type Sample, sample } from './metrics';
import type { Figures, StoreFigures } from './store-figures';

/** What a storing service is watched by. */
export interface Watched {
  readonly service: Service;
  readonly figures: StoreFigures;
  readonly queue: MessageQueue;
  readonly inbox: Inbox;
  readonly pools: Readonly<Record<string, DataSource>>;
}

function samplesOf(figures: Figures): Sample[] {
  return [
    ...figures.duties.flatMap(({ duty, zh, clause, open, dueToday, overdue }) => [
      sample('duty_info', { duty, zh, clause }, 1),
      sample('duty_open', { duty }, open),
      sample('duty_due_today', { duty }, dueToday),
      ...overdueRanges.map(({ days }) => sample('duty_overdue', { duty, days }, overdue[days])),
    ]),
    ...figures.backlogs.map(({ work, count }) => sample('backlog', { work }, count)),
    sample('outbox_unsent', {}, figures.outboxUnsent),
    sample('outbox_age_seconds', {}, figures.outboxAgeSeconds),
    sample('messages_parked', {}, figures.messagesParked),
    sample('audit_unsealed_age_seconds', {}, figures.auditUnsealedAgeSeconds),
  ];
}

function poolSamples(pool: string, { totalCount, idleCount, waitingCount }: Pool): Sample[] {
  return [
    sample('pool_connections', { pool, state: 'used' }, totalCount - idleCount),
    sample('pool_connections', { pool, state: 'idle' }, idleCount),
    sample('pool_waiting', { pool }, waitingCount),
  ];
}

/** The driver's own pool behind a data source. */
function poolOf(source: DataSource): Pool {
  return (source.driver as unknown as { master: Pool }).master;
}

/** 监测 — everything a storing service tells about itself whenever its metrics are asked for. */
export function watchStore(metrics: Metrics, { service, figures, queue, inbox, pools }: Watched): void {
  metrics.watch(
    'database',
    ['duty_info', 'duty_open', 'duty_due_today', 'duty_overdue', 'backlog', 'outbox_unsent', 'outbox_age_seconds', 'messages_parked', 'audit_unsealed_age_seconds'],
    async () => samplesOf(await figures.read()),
  );
  metrics.watch('queue', ['queue_waiting'], async () => [sample('queue_waiting', { queue: service }, await queue.waiting(service))]);
  metrics.watch('repair', ['repair_age_seconds'], () => Promise.resolve([...inbox.repairAges()].map(([sender, seconds]) => sample('repair_age_seconds', { sender }, seconds))));
  metrics.watch('pools', ['pool_connections', 'pool_waiting'], () => Promise.resolve(Object.entries(pools).flatMap(([pool, source]) => poolSamples(pool, poolOf(source)))));
}
