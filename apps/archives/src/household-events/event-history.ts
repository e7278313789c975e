import { Problem } from '@credit/contracts';
import { type Actor, type Tx, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { seesSubject } from '../subjects/file-reader';
import { type Subject, SubjectStore } from '../subjects/subject.store';
import { sentenceOf } from './history-text';
import { type HouseholdEvent, HouseholdEventStore, type Party } from './household-event.store';
import type { HouseholdEventType } from './household-event.types';

const action = 'household-event.read';

/** 变动历史的呈现 — from the side of one household, without more about the other than the reader may see. */
@Injectable()
export class EventHistory {
  constructor(private readonly vault: Vault) {}

  async open(tx: Tx, actor: Actor, householdId: string): Promise<Subject> {
    const household = await new SubjectStore(tx).byId(householdId);
    if (household.kind !== 'household') throw new Problem('not-found', { householdId });
    if (!seesSubject(actor, action, household)) throw new Problem('access.outside-division', { action });
    return household;
  }

  /** `asSeenBy` null: from the side on which it began. */
  async shown(tx: Tx, actor: Actor, events: readonly HouseholdEvent[], asSeenBy: string | null): Promise<HouseholdEventType[]> {
    const households = events.filter(({ kind }) => kind !== 'village-merger').map(({ eventId }) => eventId);
    const parties = await new HouseholdEventStore(tx).parties(households);
    const seals = await this.vault.existing(tx, events.map(({ sealedUnder }) => sealedUnder));
    const sees = (party: Party): boolean => (actor.villager ? actor.villager.householdId === party.householdId : actor.may(action, party.groupCode));
    return events.map((event) => {
      const own = parties.filter(({ eventId }) => eventId === event.eventId).map((party) => ({ ...party, visible: sees(party) }));
      const side = asSeenBy ?? own.find((party) => party.side === 'from')?.householdId ?? '';
      const mine = own.find((party) => party.householdId === side);
      const mayReadReason = mine?.side !== 'to' || own.every(({ visible }) => visible);
      return {
        eventId: event.eventId,
        kind: event.kind,
        state: event.state,
        effectiveOn: event.effectiveOn,
        sentence: sentenceOf(event, side, own),
        reason: mayReadReason ? (seals.get(event.sealedUnder)?.open(event.reason, ['household_event', event.eventId, 'reason']) ?? null) : null,
        evidenceSha256: event.evidenceSha256,
        correctsEventId: event.correctsId,
        recordedBy: event.recordedBy,
        recordedOn: event.recordedOn,
        decidedBy: event.decidedBy,
        decidedOn: event.decidedOn,
        linked: own.filter(({ householdId }) => householdId !== side).map(({ side: which, householdId, householdNo, visible }) => ({ side: which, householdId: visible ? householdId : null, householdNo: visible ? householdNo : null })),
      };
    });
  }
}
