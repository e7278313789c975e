import { type Actor, Allow, CurrentActor, cursorOf, Day, PageArgs, pageSize, readCursor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Args, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { AnswerCorrectionRequest, type AnswerCorrectionRequestInput } from './answer-correction-request';
import { type CorrectionRequest, CorrectionRequestStore } from './correction-request.store';

const optional = { nullable: true } as const;

@ObjectType({ description: '档案更正请求；所反映的内容见其异议' })
class FileCorrectionRequest {
  @Field(() => ID, { description: '登记它的异议' }) objectionId!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => String, { description: 'file-error 反映档案差错；其余为逾期异议的事项' }) ground!: string;
  @Field(() => Day) requestedOn!: string;
  @Field(() => String, { ...optional, description: 'corrected 已更正，file-right 档案无误，passed-on 转其他程序；未答复的为空' }) outcome!: string | null;
  @Field(() => String, { ...optional, description: '核查情况和依据' }) reason!: string | null;
  @Field(() => Day, optional) answeredOn!: string | null;
  @Field(() => Day, { ...optional, description: '因故受理、转为异议办理之日' }) endedOn!: string | null;
}

@ObjectType()
class FileCorrectionRequestPage {
  @Field(() => [FileCorrectionRequest]) rows!: FileCorrectionRequest[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '答复档案更正请求' })
class AnswerFileCorrectionArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) objectionId!: string;
  @Field(() => String, { description: 'corrected 已更正（档案已更新并校核），file-right 档案无误，passed-on 转其他程序' }) outcome!: string;
  @Field(() => String, { description: '核查情况和依据' }) reason!: string;
}

@ObjectType()
class FileCorrectionReceipt {
  @Field(() => ID) objectionId!: string;
  @Field(() => String) outcome!: string;
  @Field(() => Day) answeredOn!: string;
}

@Resolver()
export class CorrectionRequestResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly answer: AnswerCorrectionRequest,
  ) {}

  @Query(() => FileCorrectionRequestPage, { description: '档案更正请求，新的在前；村民只见本户的' })
  @Allow('file-correction.read')
  fileCorrectionRequests(
    @CurrentActor() actor: Actor,
    @Args() page: PageArgs,
    @Args('under', { type: () => String, nullable: true }) under?: string,
    @Args('openOnly', { type: () => Boolean, defaultValue: false }) openOnly?: boolean,
  ): Promise<FileCorrectionRequestPage> {
    return this.work.read(actor, async (tx) => {
      const requests = new CorrectionRequestStore(tx);
      if (actor.villager) return { rows: await this.shown(tx, await requests.ofSubject(actor.villager.householdId)), nextCursor: null };
      const limit = pageSize(page);
      const rows = await requests.list({
        scopes: actor.scopesFor('file-correction.read'),
        under: under ? divisionPrefix(under) : '',
        openOnly: openOnly ?? false,
        before: readCursor(page.after, 1)?.[0] ?? null,
        limit,
      });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: await this.shown(tx, rows), nextCursor: last ? cursorOf(last.objectionId) : null };
    });
  }

  @Mutation(() => FileCorrectionReceipt, { description: '答复档案更正请求' })
  @Allow('file-correction.answer')
  answerFileCorrection(@CurrentActor() actor: Actor, @Args('input') input: AnswerFileCorrectionArgs): Promise<FileCorrectionReceipt> {
    return this.answer.execute(actor, input as AnswerCorrectionRequestInput);
  }

  /** What was erased with its person's key reads as nothing. */
  private async shown(tx: Tx, rows: readonly CorrectionRequest[]): Promise<FileCorrectionRequest[]> {
    const seals = await this.vault.existing(tx, rows.map(({ subjectId }) => subjectId));
    return rows.map((row) => ({ ...row, reason: row.reason ? (seals.get(row.subjectId)?.open(row.reason, ['correction_request', row.objectionId, 'reason']) ?? null) : null }));
  }
}
