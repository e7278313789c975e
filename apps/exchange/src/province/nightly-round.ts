import { Problem } from '@credit/contracts';
import { Background, type Config, CONFIG, systemActor, UnitOfWork } from '@credit/platform';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CutBatches } from './cut-batches';
import { PROVINCE, type ProvinceAdapter } from './province-adapter';
import { provinceRules } from './province-rules';
import { PushBatch } from './push-batch';
import { Reconcile } from './reconcile';
import { type Round, RoundStore } from './round.store';
import { SyncRecords } from './sync-records';

const roundSeconds = 60;
const hourInShanghai = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Asia/Shanghai' });

/** 每日办理 — once a day: reconcile, number the changes, cut them into batches; every minute what is due again is tried. What a broken round left open the next minute takes up. */
@Injectable()
export class NightlyRound implements OnApplicationBootstrap {
  constructor(
    private readonly work: UnitOfWork,
    private readonly background: Background,
    private readonly sync: SyncRecords,
    private readonly cut: CutBatches,
    private readonly push: PushBatch,
    private readonly reconcile: Reconcile,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(PROVINCE) private readonly province: ProvinceAdapter | null,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.PROVINCE_COUNTY !== undefined) this.background.every('province', roundSeconds, () => this.execute());
  }

  async execute(): Promise<void> {
    const county = this.config.PROVINCE_COUNTY;
    if (county === undefined) return;
    const round = await this.round();
    if (round) await this.daily(county, round);
    if (this.province) await this.push.wakeDue();
  }

  /** Undefined before its hour. */
  private round(): Promise<Round | undefined> {
    return this.work.run(systemActor(), async (tx) => {
      if (Number(hourInShanghai.format(tx.now)) < provinceRules(tx.today).nightlyFrom) return undefined;
      return new RoundStore(tx).ofToday();
    });
  }

  private async daily(county: string, round: Round): Promise<void> {
    const anew = round.reconciled ? 0 : await this.reconciled(county);
    if (round.cut && anew === 0) return;
    await this.sync.execute(county);
    if (this.province) await this.cut.execute();
    await this.work.run(systemActor(), (tx) => new RoundStore(tx).cut());
  }

  /** A province that does not answer holds up nothing but its own reconciliation. */
  private async reconciled(county: string): Promise<number> {
    if (!this.province) return 0;
    try {
      const anew = await this.reconcile.execute(county);
      await this.work.run(systemActor(), (tx) => new RoundStore(tx).reconciled());
      return anew;
    } catch (error) {
      if (error instanceof Problem && error.code.startsWith('province.')) return 0;
      throw error;
    }
  }
}
