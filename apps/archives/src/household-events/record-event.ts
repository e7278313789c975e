import { Problem } from '@credit/contracts';
import { type Actor, newId, type Tx, Vault } from '@credit/platform';
import { canonicalText, type PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Subject } from '../subjects/subject.store';
import { ApplyChange } from './apply-change';
import type { HouseholdChange } from './household-change';
import { HouseholdEventStore } from './household-event.store';
import type { EventKind } from './household-rules';
import { MembershipStore } from './membership.store';

/** What every event says: since when, on what evidence, why, and which earlier one it corrects. */
export const eventFields = {
  effectiveOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  evidenceSha256: z.string().regex(/^[0-9a-f]{64}$/, '请附证明材料（户口簿、死亡证明等）扫描件的 SHA-256（64 位小写十六进制）'),
  reason: z.string().trim().min(2, '请写明事由').max(500, '事由请控制在 500 字以内'),
  correctsEventId: z.uuid().nullish(),
} as const;
export const relation = z.string().trim().min(1, '请填写与户主关系').max(20, '与户主关系请控制在 20 字以内');
export const roles = z.array(z.object({ memberId: z.uuid(), relation })).max(100).nullish().transform((given) => given ?? []);

export type EventFields = Readonly<{ effectiveOn: PlainDate; evidenceSha256: string; reason: string; correctsEventId?: string | null | undefined }>;
export type EventReceipt = Readonly<{ eventId: string; state: 'waiting' | 'done'; householdId: string }>;

export interface Draft {
  readonly kind: EventKind;
  readonly fields: EventFields;
  readonly change: HouseholdChange;
  readonly from: string;
  /** The household on the other side. */
  readonly to?: string;
  /** The village moved to. */
  readonly toVillageCode?: string;
  readonly address?: Buffer | null;
}

/**
 * 登记家庭变动 — recorded with its evidence and in effect at once within one village; what concerns two villages waits until the
 * town has confirmed it. 三(六)1
 */
@Injectable()
export class RecordEvent {
  constructor(
    private readonly vault: Vault,
    private readonly apply: ApplyChange,
  ) {}

  /** What a repeated request is known by, without what it says about people. */
  digest(body: object): string {
    return this.vault.hash(canonicalText(body), 'request');
  }

  /** Holds the household while its event is made; of the recorder's own division. */
  async open(tx: Tx, actor: Actor, householdIds: readonly string[]): Promise<Map<string, Subject>> {
    const households = await new MembershipStore(tx).lockHouseholds(householdIds);
    const [first] = householdIds;
    const own = households.find(({ subjectId }) => subjectId === first);
    if (own) actor.require('household-event.record', own.groupCode);
    return new Map(households.map((household) => [household.subjectId, household]));
  }

  async inside(tx: Tx, actor: Actor, { kind, fields, change, from, to, toVillageCode, address = null }: Draft): Promise<EventReceipt> {
    const households = await this.open(tx, actor, to === undefined ? [from] : [from, to]);
    const villageCode = households.get(from)?.villageCode ?? '';
    const other = toVillageCode ?? (to === undefined ? villageCode : (households.get(to)?.villageCode ?? villageCode));
    const needsConfirmation = other !== villageCode;
    if (fields.effectiveOn > tx.today) throw new Problem('input.invalid', {}, [{ path: 'effectiveOn', message: '生效日不能晚于今天' }]);
    const effect = { kind, effectiveOn: fields.effectiveOn, change, address, households: [...households.values()] };
    const faults = await this.apply.faults(tx, effect);
    if (faults.length > 0) throw new Problem('input.invalid', {}, faults);

    const eventId = newId();
    await this.requireCorrected(tx, from, fields.correctsEventId ?? null);
    await new HouseholdEventStore(tx).insert(
      {
        eventId,
        kind,
        villageCode,
        toVillageCode: needsConfirmation ? other : null,
        needsConfirmation,
        effectiveOn: fields.effectiveOn,
        change,
        address,
        reason: (await this.vault.sealFor(tx, from)).seal(fields.reason, ['household_event', eventId, 'reason']),
        sealedUnder: from,
        evidenceSha256: fields.evidenceSha256,
        correctsId: fields.correctsEventId ?? null,
      },
      [{ householdId: from, side: 'from' }, ...(to === undefined ? [] : [{ householdId: to, side: 'to' as const }])],
    );
    if (!needsConfirmation) await this.apply.inside(tx, effect);
    await tx.audit.record(needsConfirmation ? 'household-event.proposed' : 'household-event.recorded', eventId, { kind, from, to: to ?? null, effectiveOn: fields.effectiveOn });
    return { eventId, state: needsConfirmation ? 'waiting' : 'done', householdId: to ?? from };
  }

  private async requireCorrected(tx: Tx, householdId: string, eventId: string | null): Promise<void> {
    if (eventId === null) return;
    const history = await new HouseholdEventStore(tx).ofHousehold(householdId);
    if (!history.some((event) => event.eventId === eventId)) throw new Problem('input.invalid', {}, [{ path: 'correctsEventId', message: '所更正的变动不在本户的变动记录中，请核对' }]);
  }
}
