import { Problem } from '@credit/contracts';
import { type Actor, Allow, CurrentActor, Day, UnitOfWork, Vault } from '@credit/platform';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { TieStore } from '../bodies/tie.store';
import { ItemListStore } from '../lists/item-list.store';
import { RoundStore } from '../rounds/round.store';
import { DecidePrecheck, type DecidePrecheckInput } from './decide-precheck';
import { ImportFeedback } from './import-feedback';
import { documentOf } from './official-documents';
import { PrecheckStore } from './precheck.store';

@ObjectType({ description: '初核记录（只供镇经办人）' })
class PrecheckEntryType {
  @Field(() => ID) id!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => String, { description: '类别，即清单项目编号' }) category!: string;
  @Field(() => String, { nullable: true, description: '文书编号；已依法清除的为空' }) documentNo!: string | null;
  @Field(() => Day, { description: '文书生效日' }) effectiveOn!: string;
  @Field(() => String, { nullable: true, description: 'flagged 标记，cleared 排除，空为未作结论' }) verdict!: string | null;
  @Field(() => Day, { nullable: true }) decidedOn!: string | null;
}

@ObjectType({ description: '初核标记（村党组织可见：只有类别）' })
class PrecheckFlag {
  @Field(() => ID) householdId!: string;
  @Field(() => String, { description: '类别，即清单项目编号' }) category!: string;
  @Field(() => String, { description: '类别名称' }) categoryZh!: string;
}

@InputType({ description: '县级反馈的一条' })
class FeedbackEntryInput {
  @Field(() => ID) householdId!: string;
  @Field(() => String, { description: '类别，即清单中以文书为据的项目编号，如 V01' }) category!: string;
  @Field(() => String, { description: '文书编号' }) documentNo!: string;
  @Field(() => Day, { description: '文书生效日' }) effectiveOn!: string;
}

@InputType()
class ImportPrecheckArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => [FeedbackEntryInput]) entries!: FeedbackEntryInput[];
}

@InputType()
class DecidePrecheckArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) entryId!: string;
  @Field(() => String, { description: 'flagged 标记，cleared 排除' }) verdict!: string;
}

@ObjectType({ description: '超过回溯年限而未导入的一条' })
class DroppedEntry {
  @Field(() => Int, { description: '在提交内容中的序号，从 0 起' }) index!: number;
  @Field(() => Day) effectiveOn!: string;
}

@ObjectType()
class FeedbackReceiptType {
  @Field(() => [ID]) entryIds!: readonly string[];
  @Field(() => [DroppedEntry], { description: '超过回溯年限，未导入' }) dropped!: readonly DroppedEntry[];
  @Field(() => Day, { description: '从这一天起生效的才计入' }) countedFrom!: string;
}

@ObjectType()
class PrecheckReceiptType {
  @Field(() => ID) entryId!: string;
  @Field(() => String) verdict!: string;
  @Field(() => Day) decidedOn!: string;
}

@Resolver()
export class PrecheckResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly importFeedback: ImportFeedback,
    private readonly decide: DecidePrecheck,
  ) {}

  @Query(() => [PrecheckEntryType], { description: '一轮评议的初核记录（镇经办人）' })
  @Allow('precheck.read')
  precheckEntries(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string): Promise<PrecheckEntryType[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('precheck.read', (await new RoundStore(tx).get(roundId)).villageCode);
      const entries = await new PrecheckStore(tx).list(roundId);
      const seals = await this.vault.existing(tx, entries.map(({ householdId }) => householdId));
      return entries.map((entry) => {
        const seal = seals.get(entry.householdId);
        return { ...entry, documentNo: seal ? documentOf(entry, seal) : null };
      });
    });
  }

  @Query(() => [PrecheckFlag], { description: '一轮评议的初核标记（村党组织）；金融机构人员不可见' })
  @Allow('precheck.read-flags')
  precheckFlags(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string): Promise<PrecheckFlag[]> {
    return this.work.read(actor, async (tx) => {
      const round = await new RoundStore(tx).get(roundId);
      actor.require('precheck.read-flags', round.villageCode);
      const entries = new PrecheckStore(tx);
      if (actor.posts.some(({ role }) => role === 'bank-verifier') || (await entries.isBankMember(roundId, actor.accountId))) throw new Problem('access.denied', { action: 'precheck.read-flags' });
      const { list } = await new ItemListStore(tx).get(round.listVersionId);
      const hidden = new Set(await new TieStore(tx).hiddenFrom(actor.accountId));
      const flags = (await entries.flagged(roundId)).filter(({ householdId }) => !hidden.has(householdId));
      return flags.map(({ householdId, category }) => ({ householdId, category, categoryZh: list.items.find(({ code }) => code === category)?.zh ?? category }));
    });
  }

  @Mutation(() => FeedbackReceiptType, { description: '导入县级反馈（镇经办人）；超过回溯年限的不导入' })
  @Allow('precheck.import')
  importPrecheckFeedback(@CurrentActor() actor: Actor, @Args('input') input: ImportPrecheckArgs): Promise<FeedbackReceiptType> {
    return this.importFeedback.execute(actor, input);
  }

  @Mutation(() => PrecheckReceiptType, { description: '作出初核结论（镇经办人）' })
  @Allow('precheck.decide')
  decidePrecheck(@CurrentActor() actor: Actor, @Args('input') input: DecidePrecheckArgs): Promise<PrecheckReceiptType> {
    return this.decide.execute(actor, input as DecidePrecheckInput);
  }
}
