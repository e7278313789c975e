import { type Actor, Allow, CurrentActor, Day, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Args, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { TieStore } from '../bodies/tie.store';
import { RoundStore } from '../rounds/round.store';
import { CallMeeting } from './call-meeting';
import { CancelMeeting } from './cancel-meeting';
import { MeetingStore } from './meeting.store';
import { RecordMinutes } from './record-minutes';

const optional = { nullable: true } as const;

@ObjectType({ description: '评议小组或审议小组的会议' })
class MeetingType {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'review 评议，deliberation 审议' }) kind!: string;
  @Field(() => String, optional) groupCode!: string | null;
  @Field(() => Day) meetingOn!: string;
  @Field(() => String, { description: '开始时间，如 19:30' }) startsAt!: string;
  @Field(() => String) place!: string;
  @Field(() => String, { description: '会议内容' }) agenda!: string;
  @Field(() => Day) calledOn!: string;
  @Field(() => Day, optional) cancelledOn!: string | null;
  @Field(() => String, { ...optional, description: '取消的原因' }) cancellation!: string | null;
  @Field(() => String, { ...optional, description: '会议记录；对本轮有须回避农户的人不显示' }) minutes!: string | null;
  @Field(() => String, { ...optional, description: '签字记录扫描件的 SHA-256' }) minutesScanSha256!: string | null;
  @Field(() => Day, optional) minutesOn!: string | null;
}

@InputType({ description: '召集会议' })
class CallMeetingArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) roundId!: string;
  @Field(() => String, { ...optional, description: '评议小组所在的村民小组；不填为审议会议' }) groupCode?: string | null;
  @Field(() => Day) meetingOn!: string;
  @Field(() => String, { description: '开始时间，如 19:30' }) startsAt!: string;
  @Field(() => String) place!: string;
  @Field(() => String, { description: '会议内容' }) agenda!: string;
}

@InputType({ description: '取消会议' })
class CancelMeetingArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) meetingId!: string;
  @Field(() => String) reason!: string;
}

@InputType({ description: '登记会议记录' })
class RecordMinutesArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) meetingId!: string;
  @Field(() => String) minutes!: string;
  @Field(() => String, { description: '签字记录扫描件的 SHA-256' }) scanSha256!: string;
}

@ObjectType()
class MeetingReceiptType {
  @Field(() => ID) meetingId!: string;
  @Field(() => Day) meetingOn!: string;
}

@Resolver()
export class MeetingResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly call: CallMeeting,
    private readonly cancel: CancelMeeting,
    private readonly minute: RecordMinutes,
  ) {}

  @Query(() => [MeetingType], { description: '一轮评议的会议' })
  @Allow('meeting.read')
  meetings(@CurrentActor() actor: Actor, @Args('roundId', { type: () => ID }) roundId: string): Promise<MeetingType[]> {
    return this.work.read(actor, async (tx) => {
      const round = await new RoundStore(tx).get(roundId);
      actor.require('meeting.read', round.villageCode);
      const rows = await new MeetingStore(tx).ofRound(roundId);
      const seals = await this.vault.existing(tx, rows.map(({ id }) => id));
      const readsMinutes = actor.may('meeting.read-minutes', round.villageCode) && !(await this.mustNotSee(tx, actor, roundId));
      return rows.map((row) => {
        const open = (column: 'minutes' | 'cancellation'): string | null => {
          const [sealed, seal] = [row[column], seals.get(row.id)];
          return sealed && seal ? seal.open(sealed, ['meeting', row.id, column]) : null;
        };
        return { ...row, cancellation: open('cancellation'), minutes: readsMinutes ? open('minutes') : null };
      });
    });
  }

  /** Minutes speak of every household: whoever must withdraw from one of them does not read them. */
  private async mustNotSee(tx: Tx, actor: Actor, roundId: string): Promise<boolean> {
    const hidden = new Set(await new TieStore(tx).hiddenFrom(actor.accountId));
    return hidden.size > 0 && (await new RoundStore(tx).households(roundId)).some(({ householdId }) => hidden.has(householdId));
  }

  @Mutation(() => MeetingReceiptType, { description: '召集评议或审议会议' })
  @Allow('meeting.call')
  callMeeting(@CurrentActor() actor: Actor, @Args('input') input: CallMeetingArgs): Promise<MeetingReceiptType> {
    return this.call.execute(actor, input);
  }

  @Mutation(() => MeetingReceiptType, { description: '取消会议' })
  @Allow('meeting.call')
  cancelMeeting(@CurrentActor() actor: Actor, @Args('input') input: CancelMeetingArgs): Promise<MeetingReceiptType> {
    return this.cancel.execute(actor, input);
  }

  @Mutation(() => MeetingReceiptType, { description: '登记会议记录，一次写定' })
  @Allow('meeting.minute')
  recordMinutes(@CurrentActor() actor: Actor, @Args('input') input: RecordMinutesArgs): Promise<MeetingReceiptType> {
    return this.minute.execute(actor, input);
  }
}
