import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, newId, UnitOfWork, Vault } from '@credit/platform';
import { addMonths, plainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { optionalSha256, sha256, statementText } from '../changes/regrade-form';
import { ResultStore } from '../runs/result.store';
import { isAdverse, repairRulesOn } from './repair-rules';
import { RepairStore } from './repair.store';
import { RepairedFiles } from './repaired-files';

const applying = z.object({
  subjectId: z.uuid(),
  fact: z.string(),
  endedOn: z.iso.date('请填写纠正之日，形如 2026-01-31'),
  statement: statementText,
  proofSha256: sha256,
  pledgeSha256: sha256,
  scanSha256: optionalSha256,
});

export type ApplyForRepairInput = z.input<typeof applying> & { readonly requestId: string };
export type RepairApplied = Readonly<{ repairId: string; level: string; appliedOn: string }>;

/**
 * 申请信用修复 — by the household itself, or by the clerk with its signed paper, once the wait of the fact's level is over; with proof that it
 * was put right and a pledge. The fact must stand in the file as it is now. 三(八)3
 */
@Injectable()
export class ApplyForRepair {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly peers: InternalClient,
    private readonly repairedFiles: RepairedFiles,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ApplyForRepairInput): Promise<RepairApplied> {
    return this.work.once({ actor, operation: 'repair.apply', requestId, body: { ...body, statement: this.vault.hash(body.statement, 'request') } }, async (tx) => {
      const input = applying.parse(body);
      const { subjectId } = input;
      const [result] = await new ResultStore(tx).newestOf([subjectId]);
      if (!result || (actor.villager && actor.villager.householdId !== subjectId)) throw new Problem('not-found', { subjectId });
      if (!actor.villager) {
        actor.require('repair.apply', result.villageCode);
        if (input.scanSha256 === null) throw new Problem('input.invalid', {}, [{ path: 'scanSha256', message: '代为申请须附本人签字材料扫描件的摘要' }]);
      }
      const { facts, levels } = repairRulesOn(tx.today).repair;
      const fact = facts[input.fact];
      const level = fact && levels[fact.level];
      if (!level) throw new Problem('input.invalid', {}, [{ path: 'fact', message: `可申请修复的事实为：${Object.entries(facts).map(([code, { zh }]) => `${code} ${zh}`).join('、')}` }]);
      const endedOn = plainDate(input.endedOn);
      const earliest = addMonths(endedOn, level.waitMonths);
      if (endedOn > tx.today || tx.today < earliest) throw new Problem('repair.too-early', { level: fact.level, earliest });
      const file = (await this.peers.all(archivesReads.ratingFiles, { villageCode: result.villageCode })).find((one) => one.subjectId === subjectId);
      const value = file?.items[fact.item];
      if (!file || value === undefined || !isAdverse(fact, value)) throw new Problem('repair.no-such-fact', { fact: input.fact });
      const repairId = newId();
      const statement = (await this.vault.sealFor(tx, subjectId)).seal(input.statement, ['repair', repairId, 'statement']);
      const valueHash = this.repairedFiles.hashOf(subjectId, fact.item, value);
      const { villageCode } = result;
      await new RepairStore(tx).insert({ ...input, repairId, villageCode, groupCode: file.groupCode, item: fact.item, valueHash, endedOn, statement });
      await tx.audit.record('repair.applied', repairId, { subjectId, fact: input.fact, endedOn });
      return { repairId, level: fact.level, appliedOn: tx.today };
    });
  }
}
