import type { SubjectKind } from '@credit/contracts';
import { type Actor, Allow, CurrentActor, UnitOfWork } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Args, Field, Float, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { archivesRules } from '../archives-rules';
import { CoverageStore } from './coverage.store';
import { Register } from './register';

@ObjectType({ description: '建档率' })
class CoverageType {
  @Field(() => String) villageCode!: string;
  @Field(() => String) subjectKind!: string;
  @Field(() => Int, { description: '应建档数' }) registered!: number;
  @Field(() => Int, { description: '不纳入数' }) excluded!: number;
  @Field(() => Int, { description: '已建档数' }) filed!: number;
  @Field(() => Int, { description: '已校核数' }) verified!: number;
  @Field(() => Float, { nullable: true, description: '建档率（已校核 ÷ 应建档减不纳入）' }) rate!: number | null;
  @Field(() => Float, { description: '目标' }) goal!: number;
}

@InputType()
class SetRegisterArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: 'household、entity、collective' }) subjectKind!: SubjectKind;
  @Field(() => Int, { description: '应建档数' }) count!: number;
  @Field(() => String, { description: '数据来源' }) source!: string;
}

@InputType()
class ExcludeSubjectArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String, { nullable: true, description: '不纳入的理由；空为恢复纳入' }) reason?: string;
}

@ObjectType({ description: '登记回执' })
class RegisterReceipt {
  @Field(() => String, { nullable: true }) villageCode?: string;
  @Field(() => ID, { nullable: true }) subjectId?: string;
  @Field(() => Int, { nullable: true }) count?: number;
}

@Resolver()
export class CoverageResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly register: Register,
  ) {}

  @Query(() => [CoverageType], { description: '各村各类主体的建档率' })
  @Allow('archives.coverage')
  coverage(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string): Promise<CoverageType[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('archives.coverage', under);
      const { coverageGoal } = archivesRules(tx.today);
      const rows = await new CoverageStore(tx).under(divisionPrefix(under));
      return rows.map((row) => {
        const eligible = row.registered - row.excluded;
        return { ...row, rate: eligible > 0 ? Math.floor((row.verified * 10_000) / eligible) / 10_000 : null, goal: coverageGoal };
      });
    });
  }

  @Mutation(() => RegisterReceipt, { description: '登记应建档数' })
  @Allow('archives.register')
  setRegisterCount(@CurrentActor() actor: Actor, @Args('input') input: SetRegisterArgs): Promise<RegisterReceipt> {
    return this.register.count(actor, input);
  }

  @Mutation(() => RegisterReceipt, { description: '登记不纳入的主体及理由' })
  @Allow('archives.register')
  excludeSubject(@CurrentActor() actor: Actor, @Args('input') input: ExcludeSubjectArgs): Promise<RegisterReceipt> {
    return this.register.exclude(actor, { requestId: input.requestId, subjectId: input.subjectId, reason: input.reason ?? null });
  }
}
