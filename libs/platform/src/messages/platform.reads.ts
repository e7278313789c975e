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

  /** Rows that are surely committed: nothing with a smaller number can still appear behind the cursor. */
  @Answers(sharedReads.outbox)
  outbox(ask: AskedOf<typeof sharedReads.outbox>, caller: Service): Promise<RowOf<typeof sharedReads.outbox>[]> {
    return this.database.query(
      `SELECT seq::text AS cursor, message FROM outbox
       WHERE seq > $1 AND $2 = ANY(hearers) AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY seq LIMIT $3`,
      [ask.after, caller, ask.limit],
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
