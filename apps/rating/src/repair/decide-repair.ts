import { appealsReads, Problem, publicityReads } from '@credit/contracts';
import { type Actor, InternalClient, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { reasonsText } from '../changes/regrade-form';
import type { RepairStep } from './check-repair';
import { RepairDesk } from './repair-desk';
import { type Repair, RepairStore } from './repair.store';

const deciding = z.object({ repairId: z.uuid(), outcome: z.enum(['granted', 'refused']), reasons: reasonsText });

export type DecideRepairInput = z.input<typeof deciding> & { readonly requestId: string };

/**
 * 决定信用修复 — after the publication, with reasons; a review is decided by another person than the one who refused. Nothing is granted that did
 * not hang its full time: a review against a check's refusal sends it to publication first. 三(八)3
 */
@Injectable()
export class DecideRepair {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly peers: InternalClient,
    private readonly desk: RepairDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: DecideRepairInput): Promise<RepairStep> {
    return this.work.once({ actor, operation: 'repair.decide', requestId, body: { ...body, reasons: this.vault.hash(body.reasons, 'request') } }, async (tx) => {
      const input = deciding.parse(body);
      const repairs = new RepairStore(tx);
      const repair = await repairs.lock(input.repairId);
      actor.require('repair.decide', repair.villageCode);
      if (repair.state !== 'published' && repair.state !== 'review') throw new Problem('repair.other-step', { state: repair.state });
      if (repair.decidedBy === actor.principal) throw new Problem('repair.same-person', { repairId: repair.repairId });
      if (repair.publicationAskedOn !== null) await this.requireOver(repair, tx);
      if (input.outcome === 'refused') await this.desk.refuse(tx, repair, input.reasons);
      else if (repair.publicationAskedOn === null) await this.desk.publish(tx, repair);
      else {
        await this.requireNotUpheld(repair);
        await this.desk.grant(tx, repair, input.reasons);
      }
      const { state } = await repairs.lock(repair.repairId);
      await tx.audit.record('repair.decided', repair.repairId, { before: repair.state, outcome: input.outcome, state });
      return { repairId: repair.repairId, state, on: tx.today };
    });
  }

  /** How it hangs and what was objected to it is read from the owners at this moment. */
  private async requireOver({ repairId, subjectId }: Repair, tx: Tx): Promise<void> {
    const publications = await this.peers.all(publicityReads.publicationsOf, { owner: 'rating', kind: 'publication.repair', key: repairId });
    const hung = publications.find(({ state }) => state === 'posted' || state === 'closed');
    if (!hung?.lastDay || tx.today <= hung.lastDay) throw new Problem('repair.still-published', { lastDay: hung?.lastDay ?? null });
    const open = await this.peers.all(appealsReads.openObjections, { owner: 'rating', subjectIds: [subjectId] });
    if (open.length > 0) throw new Problem('repair.objection-open', { open: open.length });
  }

  private async requireNotUpheld({ repairId, subjectId }: Repair): Promise<void> {
    const upheld = (await this.peers.all(appealsReads.changedAnswers, { owner: 'rating', subjectIds: [subjectId] })).filter(({ key }) => key === repairId);
    if (upheld.length > 0) throw new Problem('repair.objection-upheld', { repairId });
  }
}
