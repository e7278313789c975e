import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { ObjectionContactInput, ObjectionContactReceipt } from './notice.types';
import { SetObjectionContact } from './set-objection-contact';

@Resolver()
export class NoticeResolver {
  constructor(private readonly setContactCase: SetObjectionContact) {}

  @Mutation(() => ObjectionContactReceipt, { description: '登记受理异议的地址电话，印在公示文书和告知单上' })
  @Allow('notice.set-contact')
  setObjectionContact(@CurrentActor() actor: Actor, @Args('input') input: ObjectionContactInput): Promise<ObjectionContactReceipt> {
    return this.setContactCase.execute(actor, input);
  }
}
