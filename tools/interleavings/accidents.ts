import { type EventName, hearersOf, type Message } from '@credit/contracts';
import { newId } from '@credit/platform';
import type { Random } from '../demo/random';
import { type Running, running, type ThreeServices } from './three-services';

/** What only says that something happened; a request heard anew would be a new request. */
const facts: ReadonlySet<EventName> = new Set<EventName>([
  'publication.posted',
  'publication.extended',
  'publication.withdrawn',
  'publication.closed',
  'deadline.passed',
  'notification.settled',
  'objection.received',
  'objection.ended',
  'reconsideration.answered',
]);

/** 消息事故 — messages are taken out of the queues and come back late, in another order, or twice; nothing is done to a service's tables. */
export class Accidents {
  private readonly taken: { readonly queue: Running; readonly message: Message }[] = [];

  constructor(
    private readonly town: ThreeServices,
    private readonly random: Random,
  ) {}

  /** Keeps taking what waits in the queues while the work goes on; the repair may bring it back, or `giveBack`. */
  async holdUpDuring(work: () => Promise<void>): Promise<void> {
    let going = true;
    const thief = (async () => {
      while (going) {
        const { rows } = await this.town.admin.query<{ queue: Running; message: Message }>("DELETE FROM bullmq.job WHERE state = 'waiting' AND queue = ANY($1) RETURNING queue, data AS message", [running]);
        this.taken.push(...rows);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    try {
      await work();
    } finally {
      going = false;
      await thief;
    }
  }

  /** What was taken out comes back in another order; returns how many. */
  async giveBack(): Promise<number> {
    const late = this.taken.splice(0).map((one) => ({ ...one, at: this.random.next() })).toSorted((a, b) => a.at - b.at);
    for (const service of running) await this.town.deliver(service, late.filter(({ queue }) => queue === service).map(({ message }) => message));
    return late.length;
  }

  /** Delivers some of what was ever sent once more, in any order: the same message, or, where it only tells a fact, as if it had been sent anew. */
  async repeat(count: number): Promise<void> {
    const sent: Message[] = [];
    for (const service of running) {
      const { rows } = await this.town.admin.query<{ message: Message }>(`SELECT message FROM "${service}".outbox ORDER BY seq`);
      sent.push(...rows.map(({ message }) => message));
    }
    if (sent.length === 0) return;
    await this.town.admin.query("DELETE FROM bullmq.job WHERE state = 'completed'");
    const again = Array.from({ length: count }, () => this.random.pick(sent)).map((message) => (facts.has(message.name) && this.random.chance(0.7) ? { ...message, id: newId() } : message));
    for (const service of running) await this.town.deliver(service, again.filter(({ name, data }) => hearersOf(name, data).includes(service)));
  }

  /** Waits until everything that was sent has been heard by every service it is for. */
  async heard(): Promise<void> {
    const missing = running
      .flatMap((sender) => running.map((hearer) => `SELECT count(*)::int AS n FROM "${sender}".outbox o WHERE '${hearer}' = ANY(o.hearers) AND NOT EXISTS (SELECT 1 FROM "${hearer}".inbox i WHERE i.message_id = o.id)`))
      .join(' UNION ALL ');
    const waiting = "SELECT count(*)::int AS n FROM bullmq.job WHERE state IN ('waiting', 'active', 'delayed') AND queue = ANY($1)";
    await this.town.until(async () => {
      const { rows } = await this.town.admin.query<{ n: number }>(`${missing} UNION ALL ${waiting}`, [running]);
      return rows.every(({ n }) => n === 0);
    }, 'all messages to be heard');
  }
}
