import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { TieStore } from '../bodies/tie.store';
import { RoundStore } from '../rounds/round.store';
import { FinalityJudge } from '../scores/finality';
import { ScoreStore } from '../scores/score.store';
import { fallsShort, improvementRuleOn } from './improvement-rules';
import { ImprovementStore } from './improvement.store';

interface Asked {
  readonly roundId: string;
  readonly withPlan: boolean;
  readonly after: string | null;
  readonly limit: number;
}

/** 应当整改提升的农户 — the final score fell short; with the plan that is there already, if any. */
export interface ImprovementCandidate {
  readonly householdId: string;
  readonly householdNo: string;
  readonly groupCode: string;
  readonly hundredths: number;
  readonly vetoed: boolean;
  readonly improvementId: string | null;
}

/** 整改提升对象 — computed when it is asked, by household number; neighbours say what is final, after the database was let go. 三(三) */
@Injectable()
export class ImprovementCandidates {
  constructor(
    private readonly work: UnitOfWork,
    private readonly judge: FinalityJudge,
  ) {}

  async page(actor: Actor, { roundId, withPlan, after, limit }: Asked): Promise<ImprovementCandidate[]> {
    const { today, round, households, short, plans } = await this.work.read(actor, async (tx) => {
      const rounds = new RoundStore(tx);
      const asked = await rounds.get(roundId);
      actor.require('improvement.read', asked.villageCode);
      const hidden = new Set(await new TieStore(tx).hiddenFrom(actor.accountId));
      const rule = improvementRuleOn(asked.referenceDay);
      const scores = (await new ScoreStore(tx).presentOf(roundId)).filter((score) => !hidden.has(score.householdId) && fallsShort(score, rule));
      return { today: tx.today, round: asked, households: await rounds.households(roundId), short: scores, plans: await new ImprovementStore(tx).planned(roundId) };
    });
    const waiting = new Set((await this.judge.of(today, round, short)).flatMap(({ householdId, reason }) => (reason === null ? [] : [householdId])));
    const numbers = new Map(households.map(({ householdId, householdNo }) => [householdId, householdNo]));
    return short
      .filter(({ householdId }) => !waiting.has(householdId) && (withPlan || !plans.has(householdId)))
      .map(({ householdId, groupCode, hundredths, vetoed }) => ({ householdId, householdNo: numbers.get(householdId) ?? '', groupCode, hundredths, vetoed, improvementId: plans.get(householdId) ?? null }))
      .filter(({ householdNo }) => after === null || householdNo > after)
      .toSorted((one, other) => (one.householdNo < other.householdNo ? -1 : 1))
      .slice(0, limit);
  }
}
