import { Problem } from '@credit/contracts';
import { Background, type Config, CONFIG, systemActor, UnitOfWork } from '@credit/platform';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { z } from 'zod';
import { RequestCountStore } from './request-count.store';

const settings = z.object({ lookupsPerMinute: z.int().positive().default(3000) });
const sweepSeconds = 300;

/** 查询频率 — so many subjects per client and minute of machine time, counted in the database for all replicas together. */
@Injectable()
export class RateLimit implements OnApplicationBootstrap {
  private readonly perMinute: number;

  constructor(
    private readonly work: UnitOfWork,
    private readonly background: Background,
    @Inject(CONFIG) config: Config,
  ) {
    this.perMinute = settings.parse(config.SETTINGS).lookupsPerMinute;
  }

  onApplicationBootstrap(): void {
    this.background.every('request-counts', sweepSeconds, () => this.work.run(systemActor(), (tx) => new RequestCountStore(tx).sweep()));
  }

  /** Counted on its own, so that refused questions count too. Problem `rate.limited`. */
  async take(clientId: string, number: number): Promise<void> {
    const used = await this.work.run(systemActor(), (tx) => new RequestCountStore(tx).add(clientId, number));
    if (used > this.perMinute) throw new Problem('rate.limited', { perMinute: this.perMinute });
  }
}
