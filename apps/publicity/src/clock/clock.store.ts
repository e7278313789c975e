import type { Tx } from '@credit/platform';

/** The database's clock; only this service's role may move it. */
export class ClockStore {
  constructor(private readonly tx: Tx) {}

  async moveTo(target: Date): Promise<void> {
    await this.tx.manager.query('SELECT platform.move_clock($1)', [target]);
  }
}
