import { type Actor, Allow, CurrentActor, Day, UnitOfWork, Vault } from '@credit/platform';
import { Args, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { RoundStore } from '../rounds/round.store';
import { FindingStore } from './finding.store';
import { RecordFinding, type RecordFindingInput } from './record-finding';
import { SettleFinding } from './settle-finding';

@ObjectType({ description: '监督发现' })
class FindingType {
  @Field(() => ID) id!: string;
  @Field(() => String, { nullable: true, description: '村民小组；空为全村' }) groupCode!: string | null;
  @Field(() => String, { description: 'composition 组成，recusal 回避，quorum 人数，publication 公示，favour 人情分，other 其他' }) kind!: string;
  @Field(() => String, { nullable: true }) note!: string | null;
  @Field(() => Day) recordedOn!: string;
  @Field(() => String, { nullable: true, description: '处理结果' }) settlement!: string | null;
  @Field(() => Day, { nullable: true }) settledOn!: string | null;
}

@InputType()
class RecordFindingArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => String, { nullable: true }) groupCode?: string | null;
  @Field(() => String, { description: 'composition、recusal、quorum、publication、favour、other' }) kind!: string;
  @Field(() => String) note!: string;
}

@InputType()
class SettleFindingArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) findingId!: string;
  @Field(() => String, { description: '处理结果' }) settlement!: string;
}

@ObjectType()
class FindingReceiptType {
  @Field(() => ID) findingId!: string;
  @Field(() => Day, { nullable: true }) recordedOn?: string;
  @Field(() => Day, { nullable: true }) settledOn?: string;
}

@Resolver()
export class FindingResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly record: RecordFinding,
    private readonly settle: SettleFinding,
  ) {}

  @Query(() => [FindingType], { description: '一轮评议的监督发现' })
  @Allow('finding.read')
  findings(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string): Promise<FindingType[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('finding.read', (await new RoundStore(tx).get(roundId)).villageCode);
      const findings = await new FindingStore(tx).list(roundId);
      const seals = await this.vault.existing(tx, findings.map(({ id }) => id));
      return findings.map((finding) => {
        const seal = seals.get(finding.id);
        const note = seal ? seal.open(finding.note, ['finding', finding.id, 'note']) : null;
        const settlement = seal && finding.settlement ? seal.open(finding.settlement, ['finding', finding.id, 'settlement']) : null;
        return { ...finding, note, settlement };
      });
    });
  }

  @Mutation(() => FindingReceiptType, { description: '登记监督发现（村务监督委员会、镇监督小组）' })
  @Allow('finding.record')
  recordFinding(@CurrentActor() actor: Actor, @Args('input') input: RecordFindingArgs): Promise<FindingReceiptType> {
    return this.record.execute(actor, input as RecordFindingInput);
  }

  @Mutation(() => FindingReceiptType, { description: '办结监督发现（镇监督小组）' })
  @Allow('finding.settle')
  settleFinding(@CurrentActor() actor: Actor, @Args('input') input: SettleFindingArgs): Promise<FindingReceiptType> {
    return this.settle.execute(actor, input);
  }
}
