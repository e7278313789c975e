import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Args, Field, ID, InputType, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import type { ConsentKind } from './consent.store';
import { RecordConsent } from './record-consent';

@InputType()
class CollectionConsentArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) householdId!: string;
  @Field(() => ID) memberId!: string;
  @Field(() => String, { description: 'economics 经济信息、credit 信贷信息、publish-name 同意公示姓名' }) kind!: ConsentKind;
  @Field(() => Boolean, { description: 'true 授权、false 撤回' }) given!: boolean;
  @Field(() => String, { nullable: true, description: '书面授权扫描件的 SHA-256' }) scanSha256?: string;
}

@ObjectType({ description: '授权回执' })
class CollectionConsentReceipt {
  @Field(() => ID) memberId!: string;
  @Field(() => Boolean) given!: boolean;
}

@Resolver()
export class ConsentResolver {
  constructor(private readonly record: RecordConsent) {}

  @Mutation(() => CollectionConsentReceipt, { description: '登记采集与公示的授权或撤回' })
  @Allow('archives.consent')
  recordCollectionConsent(@CurrentActor() actor: Actor, @Args('input') input: CollectionConsentArgs): Promise<CollectionConsentReceipt> {
    return this.record.execute(actor, input);
  }
}
