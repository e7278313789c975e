import { type Actor, Allow, CurrentActor, cursorOf, Day, PageArgs, pageSize, readCursor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Args, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { ApplyForRepair } from './apply-for-repair';
import { CheckRepair } from './check-repair';
import { DecideRepair, type DecideRepairInput } from './decide-repair';
import { type Repair, RepairStore } from './repair.store';
import { RequestRepairReview } from './request-repair-review';

const optional = { nullable: true } as const;

@ObjectType({ description: '信用修复' })
class CreditRepairType {
  @Field(() => ID) id!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: '不良事实代码' }) fact!: string;
  @Field(() => Day, { description: '纠正之日' }) endedOn!: string;
  @Field(() => String, { ...optional, description: '申请理由；资料已依法删除的为空' }) statement!: string | null;
  @Field(() => String, { description: '纠正证明的 SHA-256' }) proofSha256!: string;
  @Field(() => String, { description: '信用承诺书的 SHA-256' }) pledgeSha256!: string;
  @Field(() => Day) appliedOn!: string;
  @Field(() => String, { description: 'applied 待村核实、village-checked 待镇复核、published 公示待决定、granted 已修复、refused 不予修复、review 复核中' }) state!: string;
  @Field(() => Day, optional) villageCheckedOn!: string | null;
  @Field(() => Day, optional) townCheckedOn!: string | null;
  @Field(() => String, { ...optional, description: '决定的理由' }) reasons!: string | null;
  @Field(() => Day, { ...optional, description: '决定之日；准予修复的自当日起不再计入' }) decidedOn!: string | null;
  @Field(() => Day, { ...optional, description: '观察期最后一日' }) observationLastDay!: string | null;
  @Field(() => Day, { ...optional, description: '不予修复的，申请复核的最后一日' }) reviewLastDay!: string | null;
  @Field(() => String, { ...optional, description: '申请复核的理由' }) reviewStatement!: string | null;
}

@ObjectType({ description: '信用修复分页' })
class CreditRepairPage {
  @Field(() => [CreditRepairType]) rows!: CreditRepairType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '申请信用修复' })
class ApplyForRepairArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String, { description: 'overdue、non-performing、contract-default、false-declaration、court-defaulter' }) fact!: string;
  @Field(() => Day, { description: '纠正之日' }) endedOn!: string;
  @Field(() => String) statement!: string;
  @Field(() => String, { description: '纠正证明的 SHA-256' }) proofSha256!: string;
  @Field(() => String, { description: '信用承诺书的 SHA-256' }) pledgeSha256!: string;
  @Field(() => String, { ...optional, description: '代为申请的，附签字材料扫描件的 SHA-256' }) scanSha256?: string | null;
}

@InputType({ description: '核实信用修复' })
class CheckRepairArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) repairId!: string;
  @Field(() => Boolean, { description: '属实' }) confirmed!: boolean;
  @Field(() => String) reasons!: string;
}

@InputType({ description: '决定信用修复' })
class DecideRepairArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) repairId!: string;
  @Field(() => String, { description: 'granted 准予、refused 不予' }) outcome!: string;
  @Field(() => String) reasons!: string;
}

@InputType({ description: '申请复核不予修复的决定' })
class RequestRepairReviewArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) repairId!: string;
  @Field(() => String) statement!: string;
}

@ObjectType()
class RepairAppliedType {
  @Field(() => ID) repairId!: string;
  @Field(() => String, { description: '程度：minor 轻微、general 一般、serious 严重' }) level!: string;
  @Field(() => Day) appliedOn!: string;
}

@ObjectType()
class RepairStepType {
  @Field(() => ID) repairId!: string;
  @Field(() => String) state!: string;
  @Field(() => Day) on!: string;
}

@Resolver()
export class RepairResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly apply: ApplyForRepair,
    private readonly check: CheckRepair,
    private readonly decide: DecideRepair,
    private readonly review: RequestRepairReview,
  ) {}

  @Query(() => CreditRepairPage, { description: '信用修复：最近申请的在前；村民只见本户的' })
  @Allow('repair.read')
  creditRepairs(@CurrentActor() actor: Actor, @Args() page: PageArgs, @Args('state', { type: () => String, nullable: true }) state: string | null): Promise<CreditRepairPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const after = readCursor(page.after, 1)?.[0] ?? null;
      const repairs = new RepairStore(tx);
      const rows = actor.villager ? await repairs.ofSubject(actor.villager.householdId, state ?? null, after, limit) : await repairs.page(actor.scopesFor('repair.read'), state ?? null, after, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: await this.shown(tx, rows), nextCursor: last ? cursorOf(last.repairId) : null };
    });
  }

  private async shown(tx: Tx, rows: readonly Repair[]): Promise<CreditRepairType[]> {
    const seals = await this.vault.existing(tx, rows.map(({ subjectId }) => subjectId));
    return rows.map((row) => {
      const open = (sealed: Buffer | null, column: string): string | null => (sealed && seals.get(row.subjectId)?.open(sealed, ['repair', row.repairId, column])) || null;
      return { ...row, id: row.repairId, statement: open(row.statement, 'statement'), reasons: open(row.reasons, 'reasons'), reviewStatement: open(row.reviewStatement, 'review_statement') };
    });
  }

  @Mutation(() => RepairAppliedType, { description: '申请信用修复（本户，或由村文书凭签字材料代办）' })
  @Allow('repair.apply')
  applyForRepair(@CurrentActor() actor: Actor, @Args('input') input: ApplyForRepairArgs): Promise<RepairAppliedType> {
    return this.apply.execute(actor, input);
  }

  @Mutation(() => RepairStepType, { description: '村核实' })
  @Allow('repair.check-village')
  checkRepairByVillage(@CurrentActor() actor: Actor, @Args('input') input: CheckRepairArgs): Promise<RepairStepType> {
    return this.check.execute(actor, 'village', input);
  }

  @Mutation(() => RepairStepType, { description: '镇复核，属实的提交公示' })
  @Allow('repair.check-town')
  checkRepairByTown(@CurrentActor() actor: Actor, @Args('input') input: CheckRepairArgs): Promise<RepairStepType> {
    return this.check.execute(actor, 'town', input);
  }

  @Mutation(() => RepairStepType, { description: '决定信用修复：公示期满后；复核须由另一人决定（县联席办）' })
  @Allow('repair.decide')
  decideRepair(@CurrentActor() actor: Actor, @Args('input') input: DecideRepairArgs): Promise<RepairStepType> {
    return this.decide.execute(actor, input as DecideRepairInput);
  }

  @Mutation(() => RepairStepType, { description: '申请复核不予修复的决定（本户或村文书）' })
  @Allow('repair.apply')
  requestRepairReview(@CurrentActor() actor: Actor, @Args('input') input: RequestRepairReviewArgs): Promise<RepairStepType> {
    return this.review.execute(actor, input);
  }
}
