import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { FindingStore } from './finding.store';

const settling = z.object({ findingId: z.uuid(), settlement: z.string().trim().min(4, '请写明处理结果').max(1000, '处理结果请控制在 1000 字以内') });

export type SettleFindingInput = z.input<typeof settling> & { readonly requestId: string };
export type SettlementReceipt = Readonly<{ findingId: string; settledOn: string }>;

/** 办结监督发现 — the town supervision group says what was done about it, once the village has answered. 三(三)2 */
@Injectable()
export class SettleFinding {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: SettleFindingInput): Promise<SettlementReceipt> {
    return this.work.once({ actor, operation: 'finding.settle', requestId, body }, async (tx) => {
      const input = settling.parse(body);
      const findings = new FindingStore(tx);
      const finding = await findings.lock(input.findingId);
      actor.require('finding.settle', finding.villageCode);
      if (finding.settledOn !== null) throw new Problem('finding.settled', { findingId: finding.id });
      if (finding.answerDueOn !== null && !finding.answered) throw new Problem('finding.unanswered', { findingId: finding.id, answerDueOn: finding.answerDueOn });
      await findings.settle(finding.id, (await this.vault.sealFor(tx, finding.id)).seal(input.settlement, ['finding', finding.id, 'settlement']));
      await tx.audit.record('finding.settled', finding.id, { roundId: finding.roundId });
      return { findingId: finding.id, settledOn: tx.today };
    });
  }
}
