import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Announce } from './announce';
import { Announcement, ObjectionContactInput, ObjectionContactReceipt } from './notice.types';
import { SetObjectionContact } from './set-objection-contact';

@Resolver()
export class NoticeResolver {
  constructor(
    private readonly announce: Announce,
    private readonly setContactCase: SetObjectionContact,
  ) {}

  @Query(() => Announcement, { description: '大喇叭或微信群用的公示通知' })
  @Allow('notice.announce')
  announcementText(
    @CurrentActor() actor: Actor,
    @Args('publicationId', { type: () => ID }) publicationId: string,
    @Args('channel', { type: () => String, description: 'loudspeaker 村大喇叭，message-group 村民微信群' }) channel: string,
    @Args('groupCode', { type: () => String, nullable: true, description: '只在一个村民组播放时：14 位村民组代码' }) groupCode?: string,
  ): Promise<Announcement> {
    return this.announce.execute(actor, { publicationId, channel, groupCode });
  }

  @Mutation(() => ObjectionContactReceipt, { description: '登记受理异议的地址电话，印在公示文书和告知单上' })
  @Allow('notice.set-contact')
  setObjectionContact(@CurrentActor() actor: Actor, @Args('input') input: ObjectionContactInput): Promise<ObjectionContactReceipt> {
    return this.setContactCase.execute(actor, input);
  }
}
