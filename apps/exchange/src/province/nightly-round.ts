import { Problem } from '@credit/contracts';
import { Background, type Config, CONFIG, type Logger, LOGGER, systemActor, UnitOfWork } from '@credit/platform';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CutBatches } from './cut-batches';
import { provinceRules } from './province-rules';
import { PushBatch } from './push-batch';
import { Reconcile } from './reconcile';
import { type Round, RoundStore } from './round.store';
import { SyncRecords } from './sync-records';

const roundSeconds = 60;
const minuteMs = 60_000;
/** A replica silent for so long has gone away, and another does the day's round. */
const claimMinutes = 30;
const hourInShanghai = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Asia/Shanghai' });

interface Claim extends Round {
  readonly onDay: string;
}

/**
 * 每日办理 — once a day: reconcile, number the changes, cut them into batches; every minute what is due again is tried. What a
 * broken round left open the next minute takes up. 三(五)
 */
@Injectable()
export class NightlyRound implements OnApplicationBootstrap {
  private readonly pushes: boolean;

  constructor(
    private readonly work: UnitOfWork,
    private readonly background: Background,
    private readonly sync: SyncRecords,
    private readonly cut: CutBatches,
    private readonly push: PushBatch,
    private readonly reconcile: Reconcile,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.pushes = config.PROVINCE_URL !== undefined;
  }

  onApplicationBootstrap(): void {
    if (this.config.PROVINCE_COUNTY !== undefined) this.background.every('province', roundSeconds, () => this.execute());
  }

  async execute(): Promise<void> {
    const county = this.config.PROVINCE_COUNTY;
    if (county === undefined) return;
    const claim = await this.claim();
    if (claim) await this.daily(county, claim);
    if (this.pushes) await this.push.wakeDue();
  }

  /** Undefined before the hour, when the day is done, or while another replica is at it. */
  private claim(): Promise<Claim | undefined> {
    return this.work.run(systemActor(), async (tx) => {
      if (Number(hourInShanghai.format(tx.now)) < provinceRules(tx.today).nightlyFrom) return undefined;
      const round = await new RoundStore(tx).claimToday(new Date(tx.now.getTime() + claimMinutes * minuteMs), this.pushes);
      return round && { ...round, onDay: tx.today };
    });
  }

  private async daily(county: string, { onDay, cut, reconciled }: Claim): Promise<void> {
    const done = { cut: false, reconciled: false };
    try {
      const anew = this.pushes && !reconciled ? await this.tryToReconcile(county) : 0;
      done.reconciled = anew !== null;
      if (!cut || anew) {
        await this.sync.execute(county);
        if (this.pushes) await this.cut.execute();
        done.cut = true;
      }
    } finally {
      await this.work.run(systemActor(), (tx) => new RoundStore(tx).release(onDay, done));
    }
  }

  /** How many records go anew; null when the province did not answer, which holds up nothing but its own reconciliation. */
  private async tryToReconcile(county: string): Promise<number | null> {
    try {
      return await this.reconcile.execute(county);
    } catch (error) {
      if (!(error instanceof Problem) || !error.code.startsWith('province.')) throw error;
      this.log.warn({ reason: error.code, facts: error.facts }, 'the province did not answer for the reconciliation');
      return null;
    }
  }
}
