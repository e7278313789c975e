import { type Actor, Allow, CurrentActor, Day, Score, UnitOfWork, Vault } from '@credit/platform';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { TieStore } from '../bodies/tie.store';
import { RoundStore } from '../rounds/round.store';
import { marksFrom } from '../tables/mark-lines';
import { MarkArgs } from '../tables/table.types';
import { CorrectionStore } from './correction.store';
import { DecideCorrection } from './decide-correction';
import { RequestCorrection } from './request-correction';

const optional = { nullable: true } as const;

@ObjectType({ description: '对已备案得分的更正' })
class ScoreCorrectionType {
  @Field(() => ID) id!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => Int, { description: '所更正的得分版本' }) baseVersion!: number;
  @Field(() => Score, { description: '更正后的得分' }) score!: number;
  @Field(() => Boolean) vetoed!: boolean;
  @Field(() => String, { ...optional, description: '理由' }) reason!: string | null;
  @Field(() => String) scanSha256!: string;
  @Field(() => Day) requestedOn!: string;
  @Field(() => Boolean, { ...optional, description: '镇党委意见：同意或不同意；空为尚未审核' }) approved!: boolean | null;
  @Field(() => String, { ...optional, description: '审核意见' }) note!: string | null;
  @Field(() => Day, optional) decidedOn!: string | null;
}

@InputType({ description: '申请更正已备案的得分' })
class RequestScoreCorrectionArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => [MarkArgs], { description: '正确的评议项' }) marks!: MarkArgs[];
  @Field(() => String, { description: '错在哪里、依据什么更正' }) reason!: string;
  @Field(() => String, { description: '依据材料扫描件的 SHA-256' }) scanSha256!: string;
}

@InputType({ description: '审核更正' })
class DecideScoreCorrectionArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) correctionId!: string;
  @Field(() => Boolean) approved!: boolean;
  @Field(() => String, { description: '意见' }) note!: string;
}

@ObjectType()
class ScoreCorrectionReceipt {
  @Field(() => ID) correctionId!: string;
  @Field(() => Score, { description: '更正后的得分' }) score!: number;
}

@ObjectType()
class ScoreCorrectionDecision {
  @Field(() => ID) correctionId!: string;
  @Field(() => Boolean) approved!: boolean;
  @Field(() => Int, { ...optional, description: '新的得分版本' }) version!: number | null;
}

@Resolver()
export class CorrectionResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly request: RequestCorrection,
    private readonly decide: DecideCorrection,
  ) {}

  @Query(() => [ScoreCorrectionType], { description: '一轮评议中对已备案得分的更正；您须回避的农户不显示' })
  @Allow('score.list')
  scoreCorrections(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string): Promise<ScoreCorrectionType[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('score.list', (await new RoundStore(tx).get(roundId)).villageCode);
      const rows = await new CorrectionStore(tx).ofRound(roundId, await new TieStore(tx).hiddenFrom(actor.accountId));
      const seals = await this.vault.existing(tx, rows.map(({ householdId }) => householdId));
      return rows.map((row) => {
        const seal = seals.get(row.householdId);
        const open = (column: 'reason' | 'note'): string | null => (row[column] && seal ? seal.open(row[column], ['correction', row.id, column]) : null);
        return { ...row, score: row.hundredths, reason: open('reason'), note: open('note') };
      });
    });
  }

  @Mutation(() => ScoreCorrectionReceipt, { description: '申请更正已备案的得分（只能更有利于农户）' })
  @Allow('correction.request')
  async requestScoreCorrection(@CurrentActor() actor: Actor, @Args('input') { marks, ...input }: RequestScoreCorrectionArgs): Promise<ScoreCorrectionReceipt> {
    const { correctionId, hundredths } = await this.request.execute(actor, { ...input, marks: marksFrom(marks) });
    return { correctionId, score: hundredths };
  }

  @Mutation(() => ScoreCorrectionDecision, { description: '审核更正（镇党委，申请人以外的人）' })
  @Allow('correction.decide')
  decideScoreCorrection(@CurrentActor() actor: Actor, @Args('input') input: DecideScoreCorrectionArgs): Promise<ScoreCorrectionDecision> {
    return this.decide.execute(actor, input);
  }
}
