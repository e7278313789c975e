import { Problem } from '@credit/contracts';
import { type Actor, type Tx, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ApplyChange } from './apply-change';
import type { HouseholdChange, VillageChange } from './household-change';
import { type HouseholdEvent, HouseholdEventStore } from './household-event.store';
import { MembershipStore } from './membership.store';
import { MergeVillage } from './merge-village';

const deciding = z.object({ eventId: z.uuid(), outcome: z.enum(['confirmed', 'refused'], '结论须为 confirmed（确认）或 refused（不予确认）') });

export type DecideEventInput = z.input<typeof deciding> & { readonly requestId: string };
export type DecisionReceipt = Readonly<{ eventId: string; outcome: string; decidedOn: string }>;

/** 镇级确认 — moves between villages and village mergers take effect when the town, or the county across towns, has confirmed what somebody else recorded. 三(六)1 */
@Injectable()
export class DecideEvent {
  constructor(
    private readonly work: UnitOfWork,
    private readonly apply: ApplyChange,
    private readonly merge: MergeVillage,
  ) {}

  execute(actor: Actor, { requestId, ...body }: DecideEventInput): Promise<DecisionReceipt> {
    return this.work.once({ actor, operation: 'household-event.decide', requestId, body }, async (tx) => {
      const { eventId, outcome } = deciding.parse(body);
      const events = new HouseholdEventStore(tx);
      const event = await events.lock(eventId);
      for (const code of [event.villageCode, event.toVillageCode ?? event.villageCode]) actor.require('household-event.decide', code);
      if (event.state !== 'waiting') throw new Problem('household-event.decided', { eventId });
      if (event.recordedBy === actor.principal) throw new Problem('household-event.own-event', { eventId });
      await events.decide(event, outcome);
      if (outcome === 'confirmed') await this.takeEffect(tx, event);
      await tx.audit.record(`household-event.${outcome}`, eventId, { kind: event.kind, effectiveOn: event.effectiveOn });
      return { eventId, outcome, decidedOn: tx.today };
    });
  }

  private async takeEffect(tx: Tx, { eventId, kind, change, effectiveOn, address }: HouseholdEvent): Promise<void> {
    if (kind === 'village-merger') {
      await this.merge.inside(tx, eventId, change as VillageChange, effectiveOn);
      return;
    }
    const parties = await new HouseholdEventStore(tx).parties([eventId]);
    const households = await new MembershipStore(tx).lockHouseholds(parties.map(({ householdId }) => householdId));
    const effect = { kind, effectiveOn, change: change as HouseholdChange, address, households };
    const faults = await this.apply.faults(tx, effect);
    if (faults.length > 0) throw new Problem('household-event.outdated', {}, faults);
    await this.apply.inside(tx, effect);
  }
}
