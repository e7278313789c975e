import { type Actor, Allow, CurrentActor, cursorOf, Day, PageArgs, pageSize, readCursor, type Tx, UnitOfWork } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Args, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { HouseholdEventReceipt, RecordDeathArgs } from '../household-events/household-event.types';
import { HouseholdView } from '../subjects/household-view';
import { SubjectStore } from '../subjects/subject.store';
import { FiledHousehold } from '../subjects/subject.types';
import { DecideLikeness, type DecideLikenessInput } from './decide-likeness';
import { EndDuplicate } from './end-duplicate';
import { likenessNames } from './likeness';
import { type LikePair, LikenessStore } from './likeness.store';

const optional = { nullable: true } as const;

@ObjectType({ description: '疑似重复的一方（脱敏）' })
class LikelyDuplicateSide {
  @Field(() => ID) memberId!: string;
  @Field(() => FiledHousehold, { description: '所在的户（脱敏）' }) household!: FiledHousehold;
}

@ObjectType({ description: '两户中疑似同一人的两名成员' })
class LikelyDuplicate {
  @Field(() => LikelyDuplicateSide) a!: LikelyDuplicateSide;
  @Field(() => LikelyDuplicateSide) b!: LikelyDuplicateSide;
  @Field(() => [String], { description: '相似之处：name-address、name-birth、phone' }) kinds!: string[];
  @Field(() => String, { description: '相似之处的说明' }) because!: string;
  @Field(() => Day, { ...optional, description: '已核定为同一人之日；尚待核销其中一处登记' }) foundSameOn!: string | null;
}

@ObjectType()
class LikelyDuplicatePage {
  @Field(() => [LikelyDuplicate]) rows!: LikelyDuplicate[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '核定疑似重复' })
class DecideLikenessArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) memberA!: string;
  @Field(() => ID) memberB!: string;
  @Field(() => String, { description: 'same 同一人，different 不是同一人' }) decision!: string;
  @Field(() => String, { description: '核实情况' }) reason!: string;
}

@InputType({ description: '核销一处重复登记' })
class EndDuplicateArgs extends RecordDeathArgs {}

@ObjectType()
class LikenessDecisionReceipt {
  @Field(() => String) decision!: string;
  @Field(() => String, { ...optional, description: 'end-duplicate 接着核销其中一处登记（或办理并户）' }) next!: string | null;
}

@Resolver()
export class DuplicateResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly view: HouseholdView,
    private readonly deciding: DecideLikeness,
    private readonly ending: EndDuplicate,
  ) {}

  @Query(() => LikelyDuplicatePage, { description: '疑似重复登记的成员，每对注明相似之处；只在同一村内比对；核定不是同一人的不再列出' })
  @Allow('duplicate.read')
  likelyDuplicates(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string, @Args() page: PageArgs): Promise<LikelyDuplicatePage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new LikenessStore(tx).page(actor.scopesFor('duplicate.read'), divisionPrefix(under), readCursor(page.after, 2), limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: await this.shown(tx, rows), nextCursor: last ? cursorOf(last.memberA, last.memberB) : null };
    });
  }

  @Mutation(() => LikenessDecisionReceipt, { description: '核定两名成员是否同一人' })
  @Allow('duplicate.decide')
  decideLikeness(@CurrentActor() actor: Actor, @Args('input') input: DecideLikenessArgs): Promise<LikenessDecisionReceipt> {
    return this.deciding.execute(actor, input as DecideLikenessInput);
  }

  @Mutation(() => HouseholdEventReceipt, { description: '核销已核定为同一人的一处重复登记，记入其户的变动历史' })
  @Allow('household-event.record')
  endDuplicate(@CurrentActor() actor: Actor, @Args('input') input: EndDuplicateArgs): Promise<HouseholdEventReceipt> {
    return this.ending.execute(actor, input);
  }

  private async shown(tx: Tx, pairs: readonly LikePair[]): Promise<LikelyDuplicate[]> {
    const households = await new SubjectStore(tx).byIds([...new Set(pairs.flatMap(({ householdA, householdB }) => [householdA, householdB]))]);
    const views = new Map((await this.view.of(tx, [...households.values()])).map((view) => [view.id, view]));
    return pairs.flatMap(({ memberA, memberB, householdA, householdB, kinds, decidedOn }) => {
      const [a, b] = [views.get(householdA), views.get(householdB)];
      if (!a || !b) return [];
      return [{ a: { memberId: memberA, household: a }, b: { memberId: memberB, household: b }, kinds: [...kinds], because: kinds.map((kind) => likenessNames[kind]).join('；'), foundSameOn: decidedOn }];
    });
  }
}
