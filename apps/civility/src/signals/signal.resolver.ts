import { type Actor, Allow, CurrentActor, UnitOfWork } from '@credit/platform';
import { Args, Field, ID, InputType, Mutation, Query, Resolver } from '@nestjs/graphql';
import { RoundStore } from '../rounds/round.store';
import { FindingStore } from '../supervision/finding.store';
import { FindingReceiptType } from '../supervision/finding.types';
import { RaiseSignalFinding } from './raise-signal-finding';
import { shownSignal } from './shown-signal';
import { SignalDesk } from './signal-desk';
import { SupervisionSignal } from './signal.types';

@InputType({ description: '信号转为监督发现' })
class RaiseSignalArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => String, { description: '所见信号的摘要' }) digest!: string;
  @Field(() => String, { description: '要村里核查什么；不写得分' }) note!: string;
}

@Resolver()
export class SignalResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: SignalDesk,
    private readonly raise: RaiseSignalFinding,
  ) {}

  @Query(() => [SupervisionSignal], { description: '监督信号：由已确认的小组评议表即时算出，只作提示；您须回避的农户不参与计算' })
  @Allow('signal.read')
  supervisionSignals(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string): Promise<SupervisionSignal[]> {
    return this.work.read(actor, async (tx) => {
      const round = await new RoundStore(tx).get(roundId);
      actor.require('signal.read', round.villageCode);
      const raised = await new FindingStore(tx).raised(round.id);
      return (await this.desk.of(tx, round)).map(({ signal, digest }) => Object.assign(shownSignal(signal), { digest, findingId: raised.get(digest) ?? null }));
    });
  }

  @Mutation(() => FindingReceiptType, { description: '把一条监督信号转为监督发现，须由村里答复（镇监督小组）' })
  @Allow('signal.raise')
  raiseSignalFinding(@CurrentActor() actor: Actor, @Args('input') input: RaiseSignalArgs): Promise<FindingReceiptType> {
    return this.raise.execute(actor, input);
  }
}
