import { Person } from './graph-client';
import type { Story } from './story';

/** The sandbox clock, moved by the system administrator as in any other use. */
export class Clock {
  constructor(
    private readonly url: string,
    private readonly operator: Person,
    private readonly story: Story,
  ) {}

  private async call(body?: object): Promise<{ now: string; midnights?: number }> {
    const answer = await fetch(`${this.url}/sandbox/clock`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${await this.operator.token()}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`the sandbox clock: ${answer.status} ${(await answer.text()).slice(0, 400)}`);
    return (await answer.json()) as { now: string; midnights?: number };
  }

  async today(): Promise<string> {
    return shanghaiDay((await this.call()).now);
  }

  /** To an instant in Shanghai, such as `2026-12-01T09:00:00+08:00`. */
  async to(instant: string): Promise<string> {
    const { now } = await this.call({ to: instant });
    return shanghaiDay(now);
  }

  /** To nine in the morning of the day after the one given: a window that ended on it is over. */
  async after(lastDay: string): Promise<string> {
    const day = addDays(lastDay, 1);
    const now = await this.to(`${day}T09:00:00+08:00`);
    this.story.tell(`时间来到 ${day}`);
    return now;
  }

  async days(count: number): Promise<string> {
    return this.to(`${addDays(await this.today(), count)}T09:00:00+08:00`);
  }
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function shanghaiDay(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);
}
