import { type Actor, Allow, CurrentActor, PageArgs, pageSize, readCursor } from '@credit/platform';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { NotificationViews } from './notification-views';
import {
  BroadcastReceipt,
  DeliveryReceipt,
  GroupDeliveryReceipt,
  Household,
  NotificationPage,
  RecordBroadcastInput,
  RecordDeliveryInput,
  RecordGroupDeliveryInput,
  RecordNotDeliverableInput,
} from './notification.types';
import { type BroadcastInput, RecordBroadcast } from './record-broadcast';
import { type DeliveryInput, RecordDelivery } from './record-delivery';
import { RecordGroupDelivery } from './record-group-delivery';
import { RecordNotDeliverable } from './record-not-deliverable';

function before(page: PageArgs): string | null {
  return readCursor(page.after, 1)?.[0] ?? null;
}

@Resolver()
export class NotificationResolver {
  constructor(
    private readonly views: NotificationViews,
    private readonly recordCase: RecordDelivery,
    private readonly broadcastCase: RecordBroadcast,
    private readonly groupCase: RecordGroupDelivery,
    private readonly notDeliverableCase: RecordNotDeliverable,
  ) {}

  @Query(() => NotificationPage, { description: '对主体的告知，新的在前' })
  @Allow('notification.read')
  notifications(
    @CurrentActor() actor: Actor,
    @Args() page: PageArgs,
    @Args('under', { type: () => String, nullable: true, description: '行政区划代码' }) under?: string,
    @Args('state', { type: () => String, nullable: true }) state?: string,
    @Args('template', { type: () => String, nullable: true }) template?: string,
    @Args('publicationId', { type: () => ID, nullable: true }) publicationId?: string,
  ): Promise<NotificationPage> {
    return this.views.list(actor, { under, state, template, publicationId, before: before(page), limit: pageSize(page) });
  }

  @Query(() => NotificationPage, { description: '一次公示中尚未告知的主体，及各自试过什么' })
  @Allow('notification.read')
  notYetTold(@CurrentActor() actor: Actor, @Args('publicationId', { type: () => ID }) publicationId: string, @Args() page: PageArgs): Promise<NotificationPage> {
    return this.views.list(actor, { publicationId, state: 'open', before: before(page), limit: pageSize(page) });
  }

  @Query(() => NotificationPage, { description: '告知我所任职务的事项，如答复提醒' })
  @Allow('notification.acknowledge')
  myNotifications(@CurrentActor() actor: Actor, @Args() page: PageArgs): Promise<NotificationPage> {
    return this.views.toldToMe(actor, before(page), pageSize(page));
  }

  @Query(() => [Household], { nullable: 'items', description: '农户收到的告知（总图按编号拼接）' })
  @Allow('notification.read')
  householdsByIds(@CurrentActor() actor: Actor, @Args('ids', { type: () => [ID] }) ids: string[]): Promise<(Household | null)[]> {
    return this.views.ofHouseholds(actor, ids);
  }

  @Mutation(() => DeliveryReceipt, { description: '登记一次告知的结果' })
  @Allow('notification.record')
  recordDelivery(@CurrentActor() actor: Actor, @Args('input') input: RecordDeliveryInput): Promise<DeliveryReceipt> {
    return this.recordCase.execute(actor, input as DeliveryInput);
  }

  @Mutation(() => BroadcastReceipt, { description: '登记大喇叭播放或微信群发送；只算发出，不算告知' })
  @Allow('notification.record')
  recordBroadcast(@CurrentActor() actor: Actor, @Args('input') input: RecordBroadcastInput): Promise<BroadcastReceipt> {
    return this.broadcastCase.execute(actor, input as BroadcastInput);
  }

  @Mutation(() => GroupDeliveryReceipt, { description: '按组登记告知（一组一张签收单）' })
  @Allow('notification.record')
  recordGroupDelivery(@CurrentActor() actor: Actor, @Args('input') input: RecordGroupDeliveryInput): Promise<GroupDeliveryReceipt> {
    return this.groupCase.execute(actor, input);
  }

  @Mutation(() => DeliveryReceipt, { description: '记明无法告知的原因和见证人' })
  @Allow('notification.record')
  recordNotDeliverable(@CurrentActor() actor: Actor, @Args('input') input: RecordNotDeliverableInput): Promise<DeliveryReceipt> {
    return this.notDeliverableCase.execute(actor, input);
  }

  @Mutation(() => DeliveryReceipt, { description: '本户（或任职人）确认已知晓' })
  @Allow('notification.acknowledge')
  acknowledgeNotification(
    @CurrentActor() actor: Actor,
    @Args('requestId', { type: () => String }) requestId: string,
    @Args('notificationId', { type: () => ID }) notificationId: string,
  ): Promise<DeliveryReceipt> {
    return this.recordCase.acknowledge(actor, { requestId, notificationId });
  }
}
