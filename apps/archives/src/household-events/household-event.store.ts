import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import type { HouseholdChange, VillageChange } from './household-change';
import type { EventKind } from './household-rules';

export type EventState = 'waiting' | 'done' | 'refused';

export interface HouseholdEvent {
  readonly eventId: string;
  readonly kind: EventKind;
  readonly villageCode: string;
  readonly toVillageCode: string | null;
  readonly state: EventState;
  readonly effectiveOn: PlainDate;
  readonly change: HouseholdChange | VillageChange;
  readonly address: Buffer | null;
  readonly reason: Buffer;
  readonly sealedUnder: string;
  readonly evidenceSha256: string;
  readonly correctsId: string | null;
  readonly recordedBy: string;
  readonly recordedOn: PlainDate;
  readonly decidedBy: string | null;
  readonly decidedOn: PlainDate | null;
}

export type NewEvent = Omit<HouseholdEvent, 'state' | 'recordedBy' | 'recordedOn' | 'decidedBy' | 'decidedOn'> & { readonly needsConfirmation: boolean };

export interface Party {
  readonly eventId: string;
  readonly householdId: string;
  readonly side: 'from' | 'to';
  readonly householdNo: string;
  readonly groupCode: string;
}

const columns = `e.event_id AS "eventId", e.kind, e.village_code AS "villageCode", e.to_village_code AS "toVillageCode", e.effective_on AS "effectiveOn", e.change, e.address, e.reason,
  e.sealed_under AS "sealedUnder", e.evidence_sha256 AS "evidenceSha256", e.corrects_id AS "correctsId", e.recorded_by AS "recordedBy", e.recorded_on AS "recordedOn",
  d.decided_by AS "decidedBy", d.decided_on AS "decidedOn",
  CASE WHEN d.outcome = 'refused' THEN 'refused' WHEN e.needs_confirmation AND d.outcome IS NULL THEN 'waiting' ELSE 'done' END AS state`;
const events = 'household_event e LEFT JOIN household_event_decision d USING (event_id)';

/** 家庭变动的登记与确认 */
export class HouseholdEventStore {
  constructor(private readonly tx: Tx) {}

  async insert(event: NewEvent, parties: readonly Pick<Party, 'householdId' | 'side'>[]): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query(
      `INSERT INTO household_event (event_id, kind, village_code, to_village_code, needs_confirmation, effective_on, change, address, reason, sealed_under, evidence_sha256, corrects_id, recorded_by, recorded_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        event.eventId,
        event.kind,
        event.villageCode,
        event.toVillageCode,
        event.needsConfirmation,
        event.effectiveOn,
        JSON.stringify(event.change),
        event.address,
        event.reason,
        event.sealedUnder,
        event.evidenceSha256,
        event.correctsId,
        actor.principal,
        today,
      ],
    );
    await manager.query(
      `INSERT INTO household_event_party (household_id, event_id, side) SELECT "householdId", $2, side FROM jsonb_to_recordset($1::jsonb) AS r("householdId" uuid, side text)`,
      [JSON.stringify(parties), event.eventId],
    );
  }

  async lock(eventId: string): Promise<HouseholdEvent> {
    await this.tx.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [eventId]);
    const [row] = await this.tx.manager.query<HouseholdEvent[]>(`SELECT ${columns} FROM ${events} WHERE e.event_id = $1`, [eventId]);
    if (!row) throw new Problem('not-found', { eventId });
    return row;
  }

  async decide({ eventId, recordedBy }: Pick<HouseholdEvent, 'eventId' | 'recordedBy'>, outcome: 'confirmed' | 'refused'): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query('INSERT INTO household_event_decision (event_id, recorded_by, outcome, decided_by, decided_on) VALUES ($1, $2, $3, $4, $5)', [eventId, recordedBy, outcome, actor.principal, today]);
  }

  /** 变动历史 of a household, from whichever side it was concerned; by the day it took effect. */
  ofHousehold(householdId: string): Promise<HouseholdEvent[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM ${events} WHERE EXISTS (SELECT 1 FROM household_event_party p WHERE p.event_id = e.event_id AND p.household_id = $1) ORDER BY e.effective_on, e.event_id`,
      [householdId],
    );
  }

  /** What waits for the town, oldest first. */
  waiting(scopes: readonly string[], under: string, after: string | null, limit: number): Promise<HouseholdEvent[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM ${events} WHERE e.needs_confirmation AND d.event_id IS NULL AND e.village_code LIKE $2 AND ($3::uuid IS NULL OR e.event_id > $3)
         AND (e.village_code LIKE ANY($1) OR e.to_village_code LIKE ANY($1)) ORDER BY e.event_id LIMIT $4`,
      [scopes.map((scope) => `${scope}%`), `${under}%`, after, limit],
    );
  }

  parties(eventIds: readonly string[]): Promise<Party[]> {
    return this.tx.manager.query(
      `SELECT p.event_id AS "eventId", p.household_id AS "householdId", p.side, s.subject_no AS "householdNo", s.group_code AS "groupCode"
       FROM household_event_party p JOIN subject s ON s.subject_id = p.household_id WHERE p.event_id = ANY($1) ORDER BY p.event_id, p.side, s.subject_no`,
      [eventIds],
    );
  }
}
