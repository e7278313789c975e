import { createHash } from 'node:crypto';
import { systemActor, type Tx, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type Holding, PROVINCE, type ProvinceAdapter, type VillageSummary } from './province-adapter';
import { type Difference, type Held, ReconciliationStore } from './reconciliation.store';
import { RecordStore } from './record.store';

const none = { count: 0, sha256: createHash('sha256').digest('hex') };

/**
 * 每日对账 — counts and digests per village on both sides; where they differ the records that differ are listed and sent anew.
 * Nothing is ever changed here to make the sides agree. 三(五)
 */
@Injectable()
export class Reconcile {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(PROVINCE) private readonly province: ProvinceAdapter | null,
  ) {}

  /** How many records are to be sent anew. Problem `province.unavailable`: the day stays open. */
  async execute(county: string): Promise<number> {
    const { province } = this;
    if (!province) return 0;
    const theirs = new Map((await province.summary(county)).map((summary) => [summary.villageCode, summary]));
    return this.work.run(systemActor(), async (tx) => {
      const store = new ReconciliationStore(tx);
      const ours = new Map((await store.ownSummary()).map((summary) => [summary.villageCode, summary]));
      const inTransit = await store.villagesInTransit();
      const rows = [...new Set([...ours.keys(), ...theirs.keys(), ...inTransit])].map((villageCode) => {
        const own = ours.get(villageCode) ?? { villageCode, ...none };
        const their = theirs.get(villageCode) ?? { villageCode, ...none };
        return { villageCode, own, their, outcome: same(own, their) ? ('equal' as const) : inTransit.has(villageCode) ? ('in-transit' as const) : ('different' as const) };
      });
      await store.save(rows);
      let healed = 0;
      for (const { villageCode, outcome } of rows) if (outcome !== 'equal') healed += await this.heal(tx, villageCode, await province.holdings(villageCode));
      await tx.audit.record('province.reconciled', county, { villages: rows.length, different: rows.filter(({ outcome }) => outcome === 'different').length, healed });
      return healed;
    });
  }

  private async heal(tx: Tx, villageCode: string, holdings: readonly Holding[]): Promise<number> {
    const store = new ReconciliationStore(tx);
    const held = await store.held(villageCode, holdings.map(({ recordId }) => recordId));
    const differences = differencesOf(villageCode, held, holdings);
    await store.saveDifferences(villageCode, differences);
    const anew = differences.filter(({ kind }) => kind !== 'unknown-here').map(({ fileId }) => fileId);
    await new RecordStore(tx).makeAnew(anew);
    return anew.length;
  }
}

const same = (own: VillageSummary, their: VillageSummary): boolean => own.count === their.count && own.sha256 === their.sha256;

/** What is on its way differs by nature and is none. */
export function differencesOf(villageCode: string, held: readonly Held[], holdings: readonly Holding[]): Difference[] {
  const there = new Map(holdings.map(({ recordId, sha256 }) => [recordId, sha256]));
  const known = new Map(held.map((record) => [record.fileId, record]));
  const unknown = holdings.filter(({ recordId }) => !known.has(recordId)).map(({ recordId }): Difference => ({ fileId: recordId, kind: 'unknown-here' }));
  const settled = held.filter((record) => !record.inTransit);
  return [
    ...unknown,
    ...settled.flatMap(({ fileId, sha256, village }): Difference[] => {
      const theirs = there.get(fileId);
      if (village !== villageCode) return theirs === undefined ? [] : [{ fileId, kind: 'left-there' }];
      if (theirs === undefined) return [{ fileId, kind: 'missing-there' }];
      return theirs === sha256 ? [] : [{ fileId, kind: 'other-there' }];
    }),
  ];
}
