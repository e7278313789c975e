import { type Actor, Allow, CurrentActor, Day, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Args, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { DecideHumanReview, type DecideHumanReviewInput } from './decide-human-review';
import { type HumanReview, HumanReviewStore } from './human-review.store';
import { RequestHumanReview } from './request-human-review';

const optional = { nullable: true } as const;
const reviewsShown = 200;

@ObjectType({ description: '人工复核' })
class HumanReviewType {
  @Field(() => ID) id!: string;
  @Field(() => ID) ratingId!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String, { ...optional, description: '申请的理由；资料已依法删除的为空' }) statement!: string | null;
  @Field(() => Day) requestedOn!: string;
  @Field(() => Day, { description: '应当作出结论之日' }) dueOn!: string;
  @Field(() => Boolean, { description: '是否逾期（按今日计算）' }) overdue!: boolean;
  @Field(() => String, { ...optional, description: 'kept 维持、computed-again 重新测评、file-to-correct 先更正档案' }) outcome!: string | null;
  @Field(() => String, { ...optional, description: '结论的理由' }) reasons!: string | null;
  @Field(() => ID, { ...optional, description: '重新测评的结果' }) resultId!: string | null;
  @Field(() => Day, optional) decidedOn!: string | null;
}

@InputType({ description: '申请人工复核' })
class RequestHumanReviewArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) ratingId!: string;
  @Field(() => String, { description: '不同意的理由' }) statement!: string;
  @Field(() => String, { ...optional, description: '代为申请的，附签字材料扫描件的 SHA-256' }) scanSha256?: string | null;
}

@InputType({ description: '作出人工复核结论' })
class DecideHumanReviewArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) reviewId!: string;
  @Field(() => String, { description: 'kept、computed-again 或 file-to-correct' }) outcome!: string;
  @Field(() => String) reasons!: string;
}

@ObjectType()
class HumanReviewReceiptType {
  @Field(() => ID) reviewId!: string;
  @Field(() => Day) dueOn!: string;
}

@ObjectType()
class HumanReviewDecisionType {
  @Field(() => ID) reviewId!: string;
  @Field(() => String) outcome!: string;
  @Field(() => Day) decidedOn!: string;
  @Field(() => Boolean) overdue!: boolean;
}

@Resolver()
export class HumanReviewResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly request: RequestHumanReview,
    private readonly decide: DecideHumanReview,
  ) {}

  @Query(() => [HumanReviewType], { description: '人工复核：未办结的在前，先到期的在前；村民只见本户的' })
  @Allow('review.read')
  humanReviews(@CurrentActor() actor: Actor, @Args('openOnly', { type: () => Boolean, defaultValue: false }) openOnly: boolean): Promise<HumanReviewType[]> {
    return this.work.read(actor, async (tx) => {
      const reviews = new HumanReviewStore(tx);
      return this.shown(tx, actor.villager ? await reviews.ofSubject(actor.villager.householdId) : await reviews.list(actor.scopesFor('review.read'), openOnly, reviewsShown));
    });
  }

  private async shown(tx: Tx, rows: readonly HumanReview[]): Promise<HumanReviewType[]> {
    const seals = await this.vault.existing(tx, rows.map(({ subjectId }) => subjectId));
    return rows.map((row) => {
      const seal = seals.get(row.subjectId);
      const open = (column: 'statement' | 'reasons'): string | null => (row[column] && seal ? seal.open(row[column], ['human_review', row.reviewId, column]) : null);
      return { ...row, id: row.reviewId, statement: open('statement'), reasons: open('reasons'), overdue: (row.decidedOn ?? tx.today) > row.dueOn };
    });
  }

  @Mutation(() => HumanReviewReceiptType, { description: '申请人工复核（本户，或由村文书凭签字材料代办）' })
  @Allow('review.request')
  requestHumanReview(@CurrentActor() actor: Actor, @Args('input') input: RequestHumanReviewArgs): Promise<HumanReviewReceiptType> {
    return this.request.execute(actor, input);
  }

  @Mutation(() => HumanReviewDecisionType, { description: '作出人工复核结论（县联席办，批次确认人以外的人）' })
  @Allow('review.decide')
  decideHumanReview(@CurrentActor() actor: Actor, @Args('input') input: DecideHumanReviewArgs): Promise<HumanReviewDecisionType> {
    return this.decide.execute(actor, input as DecideHumanReviewInput);
  }
}
