import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DivisionStore } from '../divisions/division.store';
import { nothing } from './household-change';
import { eventFields, type EventReceipt, RecordEvent } from './record-event';

const move = z.object({ householdId: z.uuid(), toGroupCode: z.string(), address: z.string().trim().min(4, '请填写新住址').max(200), ...eventFields });

export type MoveHouseholdInput = z.input<typeof move> & { readonly requestId: string };

/** 迁移 — to another group under a new number, the old one still found; into another village when the town confirms. 三(六)1 */
@Injectable()
export class MoveHousehold {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly record: RecordEvent,
  ) {}

  execute(actor: Actor, { requestId, ...body }: MoveHouseholdInput): Promise<EventReceipt> {
    return this.work.once({ actor, operation: 'household-event.move', requestId, body: this.record.digest(body) }, async (tx) => {
      const { householdId, toGroupCode, address, ...fields } = move.parse(body);
      const household = (await this.record.open(tx, actor, [householdId])).get(householdId);
      const group = await new DivisionStore(tx).byCode(toGroupCode);
      if (group?.level !== 'group' || group.code === household?.groupCode) throw new Problem('input.invalid', {}, [{ path: 'toGroupCode', message: '请填写另一个已登记的村民小组的 14 位代码' }]);
      const seal = await this.vault.sealFor(tx, householdId);
      return this.record.inside(tx, actor, {
        kind: 'move',
        fields,
        change: { ...nothing, rehomed: { householdId, groupCode: toGroupCode } },
        from: householdId,
        toVillageCode: toGroupCode.slice(0, 12),
        address: seal.seal(address, ['subject', householdId, 'address']),
      });
    });
  }
}
