import { type RowOf, type Service, sharedReads, Problem } from '@credit/contracts';
import { InternalClient, MessageQueue, Relay } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '../settings';

type Answer = RowOf<typeof sharedReads.settle>;

const pollMs = 25;
const self: Service = 'publicity';

/** 静止 — waits until no service that runs here has messages left, twice in a row. Sandbox only; waits by machine time. */
@Injectable()
export class Settling {
  constructor(
    private readonly peers: InternalClient,
    private readonly relay: Relay,
    private readonly queue: MessageQueue,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Returns how many messages are parked; problem `clock.not-quiet` names who is still busy when time is up. */
  async untilQuiet(): Promise<number> {
    const until = performance.now() + this.settings.settleSeconds * 1000;
    for (let quietRounds = 0; ; ) {
      const answers = await this.ask();
      const busy = answers.filter(({ outstanding }) => outstanding > 0);
      quietRounds = busy.length === 0 ? quietRounds + 1 : 0;
      if (quietRounds === 2) return answers.reduce((sum, { parked }) => sum + parked, 0);
      if (performance.now() > until) throw new Problem('clock.not-quiet', { busy: busy.map(({ service, outstanding }) => ({ service, outstanding })) });
      if (busy.length > 0) await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  private async ask(): Promise<(Answer & { service: Service })[]> {
    const others = this.peers.reachable().filter((service) => service !== self);
    const answers = await Promise.all(others.map(async (service) => ({ service, answer: await this.answerOf(service) })));
    const known = answers.flatMap(({ service, answer }) => (answer ? [{ service, ...answer }] : []));
    return [...known, { service: self, ...(await this.own()) }];
  }

  /** A service that does not run holds nobody up; its messages wait in its queue. */
  private async answerOf(service: Service): Promise<Answer | undefined> {
    try {
      return await this.peers.one(sharedReads.settle, {}, service);
    } catch (error) {
      if (error instanceof Problem && error.code === 'peer.unavailable') return undefined;
      throw error;
    }
  }

  private async own(): Promise<Answer> {
    await this.relay.flush();
    return { outstanding: (await this.relay.unsent()) + (await this.queue.pending(self)), parked: 0 };
  }
}
