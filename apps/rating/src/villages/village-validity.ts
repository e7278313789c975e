import type { RowOf, sharedReads } from '@credit/contracts';
import { RULES, type Rules, type Tx } from '@credit/platform';
import { addDays, daysBeforeTerm, termOn } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { VillageApplicationStore } from './village-application.store';
import { VillageDesk } from './village-desk';

/** 有效期 — that a recognition is over is computed on reading; the rings only write it down and tell the village. 三(六) 信用村5 */
@Injectable()
export class VillageValidity {
  constructor(
    private readonly desk: VillageDesk,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  async expire(tx: Tx): Promise<void> {
    for (const application of await new VillageApplicationStore(tx).expire()) {
      await this.desk.tell(tx, application, 'village-application');
      await tx.audit.record('village.lapsed', application.applicationId, { lastDay: application.lastDay });
    }
  }

  /** 续评提醒, once per recognition. */
  async remind(tx: Tx): Promise<void> {
    const by = addDays(tx.today, termOn(this.rules.terms, 'renewal-notice', tx.today).days ?? 0);
    for (const application of await new VillageApplicationStore(tx).noteRenewals(by)) await this.desk.tell(tx, application, 'village-expiring');
  }

  async deadlines(tx: Tx): Promise<RowOf<typeof sharedReads.deadlines>[]> {
    const validity = await new VillageApplicationStore(tx).validityDays();
    return [...validity, ...validity.map((one) => ({ ...one, kind: 'village-renewal', lastDay: addDays(daysBeforeTerm(this.rules.terms, 'renewal-notice', one.lastDay), -1) }))];
  }
}
