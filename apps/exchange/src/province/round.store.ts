import type { Tx } from '@credit/platform';

export interface Round {
  readonly cut: boolean;
  readonly reconciled: boolean;
}

/** 每日办理 — what of a day's round is done, and whose turn it is. */
export class RoundStore {
  constructor(private readonly tx: Tx) {}

  /** Undefined when nothing of today is left to do, or another replica is at it. */
  async claimToday(until: Date, wantsReconciliation: boolean): Promise<Round | undefined> {
    await this.tx.manager.query('INSERT INTO province_round (on_day) VALUES ($1) ON CONFLICT DO NOTHING', [this.tx.today]);
    const [claimed] = await this.tx.manager.query<[Round[], number]>(
      `UPDATE province_round SET claimed_until = $2 WHERE on_day = $1 AND (claimed_until IS NULL OR claimed_until <= $3) AND (cut_at IS NULL OR ($4 AND reconciled_at IS NULL))
       RETURNING cut_at IS NOT NULL AS cut, reconciled_at IS NOT NULL AS reconciled`,
      [this.tx.today, until, this.tx.now, wantsReconciliation],
    );
    return claimed[0];
  }

  /** Notes what was done of the day that was claimed, and lets go of it. */
  async release(onDay: string, done: Round): Promise<void> {
    await this.tx.manager.query(
      `UPDATE province_round SET claimed_until = NULL, cut_at = CASE WHEN $2 THEN coalesce(cut_at, $4) ELSE cut_at END, reconciled_at = CASE WHEN $3 THEN coalesce(reconciled_at, $4) ELSE reconciled_at END WHERE on_day = $1`,
      [onDay, done.cut, done.reconciled, this.tx.now],
    );
  }
}
