import { type AskedOf, civilityReads, type RowOf, sharedReads } from '@credit/contracts';
import { Answers, systemActor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { BodyStore } from '../bodies/body.store';
import { TieStore } from '../bodies/tie.store';
import { ImprovementAlarmStore } from '../improvements/improvement-alarm.store';
import { RoundStore } from '../rounds/round.store';
import { FinalityJudge } from './finality';
import { GroupTableStore } from '../tables/group-table.store';
import { ScoreListStore } from './score-list.store';
import { ScoreStore } from './score.store';

/** What rating and appeals read of the civility review at the moment they decide. */
@Injectable()
export class ScoreReads {
  constructor(
    private readonly work: UnitOfWork,
    private readonly judge: FinalityJudge,
  ) {}

  /** The village's latest filed round; peers are asked after the database was let go. */
  @Answers(civilityReads.finalScores)
  async *finalScores({ villageCode }: AskedOf<typeof civilityReads.finalScores>): AsyncGenerator<RowOf<typeof civilityReads.finalScores>> {
    const found = await this.work.read(systemActor(), async (tx) => {
      const round = await new RoundStore(tx).latestFiled(villageCode);
      return round && { today: tx.today, round, scores: await new ScoreStore(tx).presentOf(round.id) };
    });
    if (!found) return;
    const { today, round, scores } = found;
    const reasons = new Map((await this.judge.of(today, round, scores)).map(({ householdId, reason }) => [householdId, reason]));
    for (const { householdId, hundredths, vetoed, version } of scores) {
      const notFinalReason = reasons.get(householdId) ?? null;
      yield { householdId, roundId: round.id, hundredths, vetoed, version, final: notFinalReason === null, notFinalReason };
    }
  }

  @Answers(civilityReads.householdScore)
  householdScore({ roundId, householdId }: AskedOf<typeof civilityReads.householdScore>): Promise<RowOf<typeof civilityReads.householdScore>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const score = await new ScoreStore(tx).present(roundId, householdId);
      if (!score) return [];
      const { villageCode, listVersionId } = await new RoundStore(tx).get(roundId);
      const { firstHundredths, hundredths, vetoed, version } = score;
      return [{ roundId, villageCode, householdId, firstHundredths, setHundredths: hundredths, vetoed, version, listVersionId }];
    });
  }

  @Answers(civilityReads.deliberators)
  deliberators({ roundId, householdId }: AskedOf<typeof civilityReads.deliberators>): Promise<RowOf<typeof civilityReads.deliberators>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const body = await new BodyStore(tx).current(roundId, 'deliberation-group', null);
      const recusals = await new TieStore(tx).recusals(roundId);
      const scorers = await new GroupTableStore(tx).scorersOf(roundId, householdId);
      return (body?.members ?? []).map((member) => {
        const [reason = null] = recusals.reasons(member.memberId, householdId);
        return { ...member, mustWithdraw: reason !== null, reason, scored: member.accountId !== null && scorers.includes(member.accountId) };
      });
    });
  }

  @Answers(civilityReads.processQuality)
  processQuality({ villageCode }: AskedOf<typeof civilityReads.processQuality>): Promise<RowOf<typeof civilityReads.processQuality>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const round = await new RoundStore(tx).latestFiled(villageCode);
      if (!round) return [];
      return (await new ScoreListStore(tx).process(round.id)).map((row) => ({ ...row, filedOn: round.filedOn }));
    });
  }

  @Answers(sharedReads.deadlines)
  deadlines({ after }: AskedOf<typeof sharedReads.deadlines>): Promise<RowOf<typeof sharedReads.deadlines>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const [rounds, checks] = [await new RoundStore(tx).deadlines(after ?? null), await new ImprovementAlarmStore(tx).deadlines(after ?? null)];
      return [...rounds, ...checks].toSorted((one, other) => (one.key < other.key ? -1 : 1));
    });
  }
}
