import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { reasonsText } from '../changes/regrade-form';
import { RepairDesk } from './repair-desk';
import { RepairStore } from './repair.store';

const checking = z.object({ repairId: z.uuid(), confirmed: z.boolean(), reasons: reasonsText });

export type CheckRepairInput = z.input<typeof checking> & { readonly requestId: string };
export type RepairStep = Readonly<{ repairId: string; state: string; on: string }>;

/**
 * 村核实、镇复核 — two people at two levels, neither of them the applicant. Confirmed by both, the application goes
 * to publication. 三(八)3
 */
@Injectable()
export class CheckRepair {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly desk: RepairDesk,
  ) {}

  execute(actor: Actor, level: 'village' | 'town', { requestId, ...body }: CheckRepairInput): Promise<RepairStep> {
    return this.work.once({ actor, operation: `repair.check-${level}`, requestId, body: { ...body, reasons: this.vault.hash(body.reasons, 'request') } }, async (tx) => {
      const input = checking.parse(body);
      const repairs = new RepairStore(tx);
      const repair = await repairs.lock(input.repairId);
      const { repairId } = repair;
      actor.require(`repair.check-${level}`, repair.villageCode);
      if (repair.state !== (level === 'village' ? 'applied' : 'village-checked')) throw new Problem('repair.other-step', { state: repair.state });
      if ([repair.appliedBy, repair.villageCheckedBy].includes(actor.principal)) throw new Problem('repair.same-person', { repairId });
      if (!input.confirmed) await this.desk.refuse(tx, repair, input.reasons);
      else if (level === 'village') await repairs.villageConfirmed(repairId);
      else {
        await repairs.townConfirmed(repairId);
        await this.desk.publish(tx, repair);
      }
      const { state } = await repairs.lock(repairId);
      await tx.audit.record('repair.checked', repairId, { level, confirmed: input.confirmed, state });
      return { repairId, state, on: tx.today };
    });
  }
}
