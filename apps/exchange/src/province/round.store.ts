import type { Tx } from '@credit/platform';

export interface Round {
  readonly cut: boolean;
  readonly reconciled: boolean;
}

/** 每日办理 — what of a day's round is done. */
export class RoundStore {
  constructor(private readonly tx: Tx) {}

  async ofToday(): Promise<Round> {
    await this.tx.manager.query('INSERT INTO province_round (on_day) VALUES ($1) ON CONFLICT DO NOTHING', [this.tx.today]);
    const [round] = await this.tx.manager.query<[Round]>('SELECT cut_at IS NOT NULL AS cut, reconciled_at IS NOT NULL AS reconciled FROM province_round WHERE on_day = $1', [this.tx.today]);
    return round;
  }

  async cut(): Promise<void> {
    await this.tx.manager.query('UPDATE province_round SET cut_at = $2 WHERE on_day = $1', [this.tx.today, this.tx.now]);
  }

  async reconciled(): Promise<void> {
    await this.tx.manager.query('UPDATE province_round SET reconciled_at = $2 WHERE on_day = $1', [this.tx.today, this.tx.now]);
  }
}
