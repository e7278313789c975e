import { type AskedOf, Problem, type RowOf, type Service, sharedReads } from '@credit/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../config/config';
import { CONFIG } from '../http/injection-keys';
import { Answers } from '../internal/answers';
import { MessageQueue } from './message-queue';
import { Relay } from './relay';

/** Internal reads that every storing service answers in the same way. */
@Injectable()
export class PlatformReads {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: DataSource,
    private readonly queue: MessageQueue,
    private readonly relay: Relay,
  ) {}

  /**
   * Rows of transactions older than any that still runs, in the order of transactions: whatever appears later belongs to a younger one and
   * stands behind the cursor. By their numbers alone it would not: a transaction that began earlier may append later.
   */
  @Answers(sharedReads.outbox)
  outbox(ask: AskedOf<typeof sharedReads.outbox>, caller: Service): Promise<RowOf<typeof sharedReads.outbox>[]> {
    const [xid, seq] = ask.after.split('-');
    return this.database.query(
      `SELECT xid || '-' || seq AS cursor, message FROM outbox
       WHERE (xid, seq) > ($1::xid8, $2::bigint) AND $3 = ANY(hearers) AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY xid, seq LIMIT $4`,
      [xid, seq, caller, ask.limit],
    );
  }

  @Answers(sharedReads.settle)
  async settle(): Promise<RowOf<typeof sharedReads.settle>[]> {
    if (!this.config.SANDBOX) throw new Problem('sandbox.only');
    await this.relay.flush();
    const [parked] = await this.database.query<[{ count: number }]>('SELECT count(*)::int AS count FROM parked_message WHERE replayed_at IS NULL');
    return [{ outstanding: (await this.relay.unsent()) + (await this.queue.pending(this.config.SERVICE)), parked: parked.count }];
  }
}
