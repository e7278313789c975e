import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { addDays, type PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { RoundRow } from '../rounds/round.row';
import { RoundStore } from '../rounds/round.store';
import { FinalityJudge } from '../scores/finality';
import { type PresentScore, ScoreStore } from '../scores/score.store';
import { ImprovementDesk, measuresShape } from './improvement-desk';
import { checkDayFaults, fallsShort, improvementRuleOn } from './improvement-rules';
import { ImprovementStore } from './improvement.store';

const day = z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate);
const planning = z.object({ roundId: z.uuid(), householdId: z.uuid(), measures: measuresShape, helperAccountId: z.uuid(), startsOn: day, checkOn: day });

export type PlanImprovementInput = z.input<typeof planning> & { readonly requestId: string };
export type ImprovementReceipt = Readonly<{ improvementId: string; version: number; checkOn: string }>;

/**
 * 制定整改提升计划 — for a household whose final score is below the limit of the round's reference day, or vetoed; while the
 * score may still change nobody is asked to improve for it. 三(三)
 */
@Injectable()
export class PlanImprovement {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly judge: FinalityJudge,
    private readonly desk: ImprovementDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: PlanImprovementInput): Promise<ImprovementReceipt> {
    return this.work.once({ actor, operation: 'improvement.plan', requestId, body }, async (tx) => {
      const input = planning.parse(body);
      const { roundId, householdId, helperAccountId, startsOn, checkOn } = input;
      const round = await new RoundStore(tx).lock(roundId);
      actor.require('improvement.plan', round.villageCode);
      await this.desk.requireFree(tx, actor.accountId, householdId);
      const score = await this.shortfall(tx, round, householdId);
      await this.desk.requireHelper(tx, helperAccountId, round.villageCode, householdId);
      const faults = [...startFaults(round, startsOn), ...checkDayFaults(improvementRuleOn(tx.today), startsOn, tx.today, checkOn)];
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);

      const id = newId();
      const seal = await this.vault.sealFor(tx, householdId);
      const measures = seal.seal(JSON.stringify(input.measures), ['improvement_version', `${id}/1`, 'measures']);
      await new ImprovementStore(tx).insert({ id, roundId, householdId, scoreVersion: score.version, startsOn }, { improvementId: id, version: 1, measures, helperAccountId, checkOn, reason: null });
      await tx.audit.record('improvement.planned', id, { roundId, householdId, scoreVersion: score.version, helperAccountId, startsOn, checkOn });
      await tx.outbox.append('deadline.set', { owner: 'civility', kind: 'improvement-check', key: id, version: 1, lastDay: checkOn });
      return { improvementId: id, version: 1, checkOn };
    });
  }

  private async shortfall(tx: Tx, round: RoundRow, householdId: string): Promise<PresentScore> {
    const score = await new ScoreStore(tx).present(round.id, householdId);
    if (!score) throw new Problem('not-found', { householdId });
    const [verdict] = await this.judge.of(tx.today, round, [score]);
    if (verdict?.reason !== null) throw new Problem('improvement.not-final', { householdId, reason: verdict?.reason ?? null });
    if (!fallsShort(score, improvementRuleOn(round.referenceDay))) throw new Problem('improvement.not-needed', { householdId });
    return score;
  }
}

/** No earlier than the score could have been final. */
function startFaults({ objectionLastDay }: RoundRow, startsOn: PlainDate): InputFault[] {
  if (objectionLastDay === null || startsOn > objectionLastDay) return [];
  return [{ path: 'startsOn', message: `开始之日最早为异议期届满次日 ${addDays(objectionLastDay, 1)}` }];
}
