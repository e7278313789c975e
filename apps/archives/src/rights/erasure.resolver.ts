import { type Actor, Allow, CurrentActor, cursorOf, Day, PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { AdmitErased } from './admit-erased';
import { DecideErasure } from './decide-erasure';
import { ErasureStore } from './erasure.store';
import { RequestErasure } from './request-erasure';

const optional = { nullable: true } as const;

@ObjectType({ description: '删除个人信息的申请' })
class ErasureRequestType {
  @Field(() => ID) erasureId!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => ID, { ...optional, description: '空为全户' }) memberId!: string | null;
  @Field(() => String) villageCode!: string;
  @Field(() => Day) requestedOn!: string;
  @Field(() => Day, { description: '最迟答复日' }) answerDueOn!: string;
  @Field(() => String, { ...optional, description: 'erased 已删除，refused 不予删除；未答复的为空' }) outcome!: string | null;
  @Field(() => String, { ...optional, description: '准予删除的依据（rules/rights.yaml）' }) ground!: string | null;
  @Field(() => String, { ...optional, description: '不予删除的理由（rules/rights.yaml）' }) refusal!: string | null;
  @Field(() => Day, { ...optional, description: '保存期限届满日' }) retainedUntil!: string | null;
  @Field(() => Day, optional) decidedOn!: string | null;
}

@ObjectType()
class ErasureRequestPage {
  @Field(() => [ErasureRequestType]) rows!: ErasureRequestType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '申请删除个人信息' })
class RequestErasureArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => ID, { ...optional, description: '空为全户；村民只能填自己' }) memberId?: string | null;
  @Field(() => String, { ...optional, description: '书面申请扫描件的 SHA-256；村文书必填' }) scanSha256?: string | null;
}

@InputType({ description: '决定删除申请：ground 和 refusal 只填其一' })
class DecideErasureArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) erasureId!: string;
  @Field(() => String, { ...optional, description: '准予删除的依据' }) ground?: string | null;
  @Field(() => String, { ...optional, description: '不予删除的理由' }) refusal?: string | null;
}

@InputType({ description: '准予重新登记' })
class AdmitErasedArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) erasureId!: string;
  @Field(() => String, { description: '新的书面同意扫描件的 SHA-256' }) consentSha256!: string;
}

@ObjectType()
class ErasureRequestReceipt {
  @Field(() => ID) erasureId!: string;
  @Field(() => Day) answerDueOn!: string;
}

@ObjectType()
class ErasureDecisionReceipt {
  @Field(() => ID) erasureId!: string;
  @Field(() => String) outcome!: string;
  @Field(() => Day, { ...optional, description: '保存期限届满日，告知申请人' }) retainedUntil!: string | null;
}

@ObjectType()
class ErasedAdmissionReceipt {
  @Field(() => ID) erasureId!: string;
  @Field(() => Int, { description: '准予重新登记的删除标记数' }) admitted!: number;
}

@Resolver()
export class ErasureResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly request: RequestErasure,
    private readonly decide: DecideErasure,
    private readonly admit: AdmitErased,
  ) {}

  @Query(() => ErasureRequestPage, { description: '删除申请，新的在前；村民只见本户的' })
  @Allow('erasure.read')
  erasureRequests(
    @CurrentActor() actor: Actor,
    @Args() page: PageArgs,
    @Args('under', { type: () => String, nullable: true }) under?: string,
    @Args('openOnly', { type: () => Boolean, defaultValue: false }) openOnly?: boolean,
  ): Promise<ErasureRequestPage> {
    return this.work.read(actor, async (tx) => {
      const erasures = new ErasureStore(tx);
      if (actor.villager) return { rows: await erasures.ofHousehold(actor.villager.householdId), nextCursor: null };
      const limit = pageSize(page);
      const rows = await erasures.list({ scopes: actor.scopesFor('erasure.read'), under: under ? divisionPrefix(under) : '', openOnly: openOnly ?? false, before: readCursor(page.after, 1)?.[0] ?? null, limit });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows, nextCursor: last ? cursorOf(last.erasureId) : null };
    });
  }

  @Mutation(() => ErasureRequestReceipt, { description: '申请删除个人信息：本人，或由村文书凭书面申请登记' })
  @Allow('erasure.request')
  requestErasure(@CurrentActor() actor: Actor, @Args('input') { memberId, scanSha256, ...input }: RequestErasureArgs): Promise<ErasureRequestReceipt> {
    return this.request.execute(actor, { ...input, memberId: memberId ?? null, scanSha256: scanSha256 ?? null });
  }

  @Mutation(() => ErasureDecisionReceipt, { description: '决定删除申请；准予的立即删除，不可恢复' })
  @Allow('erasure.decide')
  decideErasure(@CurrentActor() actor: Actor, @Args('input') { ground, refusal, ...input }: DecideErasureArgs): Promise<ErasureDecisionReceipt> {
    return this.decide.execute(actor, { ...input, ground: ground ?? null, refusal: refusal ?? null });
  }

  @Mutation(() => ErasedAdmissionReceipt, { description: '准予已删除者凭新的书面同意重新登记' })
  @Allow('erasure.decide')
  admitErased(@CurrentActor() actor: Actor, @Args('input') input: AdmitErasedArgs): Promise<ErasedAdmissionReceipt> {
    return this.admit.execute(actor, input);
  }
}
