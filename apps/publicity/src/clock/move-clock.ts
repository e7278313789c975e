import { Problem } from '@credit/contracts';
import { type Actor, CONFIG, type Config, type Tx, UnitOfWork } from '@credit/platform';
import { addDays, isPlainDate, shanghaiDayOf, startOfDayShanghai } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RingDeadlines } from '../deadlines/ring-deadlines';
import { ClockStore } from './clock.store';
import { Settling } from './settling';

const furthestDays = 4000;
const dayMs = 86_400_000;
const roundsPerMidnight = 20;

const target = z
  .object({
    to: z.string().refine((text) => isPlainDate(text) || !Number.isNaN(Date.parse(text)), '须为 ISO 8601 时刻或形如 2022-12-01 的日期').optional(),
    days: z.int().min(1, '天数至少为 1').max(furthestDays, `一次最多拨 ${furthestDays} 天`).optional(),
  })
  .refine(({ to, days }) => (to === undefined) !== (days === undefined), { path: ['to'], message: '请只填写 to（拨到的时刻）或 days（拨过的天数）其中之一' });

export type ClockTarget = z.input<typeof target>;

export interface ClockMoved {
  readonly now: string;
  readonly today: string;
  /** Midnights passed, and alarms that rang at them. */
  readonly midnights: number;
  readonly rings: number;
  /** Messages that failed every try and wait for an operator. */
  readonly parked: number;
}

/**
 * 演示时钟 — moves the database's clock forward midnight by midnight; after each one alarms ring and all services work until
 * they are quiet, so that a year is lived through in order. Sandbox only, one move at a time.
 */
@Injectable()
export class MoveClock {
  private moving = false;

  constructor(
    private readonly work: UnitOfWork,
    private readonly ringDeadlines: RingDeadlines,
    private readonly settling: Settling,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  now(actor: Actor): Promise<{ now: string; today: string }> {
    this.requireSandbox();
    return this.work.read(actor, (tx) => Promise.resolve({ now: tx.now.toISOString(), today: tx.today }));
  }

  async execute(actor: Actor, input: unknown): Promise<ClockMoved> {
    this.requireSandbox();
    const asked = target.parse(input);
    if (this.moving) throw new Problem('clock.busy');
    this.moving = true;
    try {
      return await this.move(actor, asked);
    } finally {
      this.moving = false;
    }
  }

  private async move(actor: Actor, asked: z.output<typeof target>): Promise<ClockMoved> {
    const { end, firstDay } = await this.work.run(actor, (tx) => this.begin(tx, asked));
    let parked = await this.settling.untilQuiet();
    let midnights = 0;
    let rings = 0;
    for (let day = firstDay; Date.parse(startOfDayShanghai(day)) <= end.getTime(); day = addDays(day, 1)) {
      await this.moveTo(actor, new Date(startOfDayShanghai(day)));
      midnights += 1;
      for (let round = 0, rang = await this.ringDeadlines.execute(); rang > 0 && round < roundsPerMidnight; round += 1, rang = await this.ringDeadlines.execute()) {
        rings += rang;
        parked = await this.settling.untilQuiet();
      }
    }
    await this.moveTo(actor, end);
    return { ...(await this.now(actor)), midnights, rings, parked };
  }

  private async begin(tx: Tx, { to, days }: z.output<typeof target>): Promise<{ end: Date; firstDay: ReturnType<typeof addDays> }> {
    const end = days !== undefined ? new Date(tx.now.getTime() + days * dayMs) : new Date(to !== undefined && isPlainDate(to) ? startOfDayShanghai(to) : (to ?? ''));
    if (end.getTime() <= tx.now.getTime()) throw new Problem('clock.backwards', { now: tx.now.toISOString(), to: end.toISOString() });
    if (end.getTime() - tx.now.getTime() > furthestDays * dayMs) throw new Problem('input.invalid', {}, [{ path: 'to', message: `一次最多拨 ${furthestDays} 天` }]);
    await tx.audit.record('clock.moved', 'sandbox', { from: tx.now.toISOString(), to: end.toISOString() });
    return { end, firstDay: addDays(shanghaiDayOf(tx.now), 1) };
  }

  /** Time goes on while the services work, so the goal may already lie behind. */
  private async moveTo(actor: Actor, goal: Date): Promise<void> {
    await this.work.run(actor, async (tx) => {
      if (goal.getTime() > tx.now.getTime()) await new ClockStore(tx).moveTo(goal);
    });
  }

  private requireSandbox(): void {
    if (!this.config.SANDBOX) throw new Problem('sandbox.only');
  }
}
