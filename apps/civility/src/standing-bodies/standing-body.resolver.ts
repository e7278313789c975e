import { type Actor, Allow, CurrentActor, Day, UnitOfWork, Vault } from '@credit/platform';
import { Args, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { FormStandingBody, type FormStandingBodyInput } from './form-standing-body';
import { StandingBodyStore } from './standing-body.store';

const optional = { nullable: true } as const;

@ObjectType({ description: '监督组织的成员' })
class StandingMemberType {
  @Field(() => ID) accountId!: string;
  @Field(() => String, { description: '身份，见规则数据 bodies.yaml' }) capacity!: string;
  @Field(() => Boolean, { description: '是否替补' }) substitute!: boolean;
}

@ObjectType({ description: '村务监督委员会或镇监督小组' })
class StandingBodyType {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'village-supervision 村务监督委员会，town-supervision 镇监督小组' }) kind!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => Day) termFrom!: string;
  @Field(() => Day, { description: '任期届满日' }) termLastDay!: string;
  @Field(() => Boolean, { description: '今日是否在任期内' }) inTerm!: boolean;
  @Field(() => Day) formedOn!: string;
  @Field(() => Day, { ...optional, description: '被更换之日' }) replacedOn!: string | null;
  @Field(() => String, { ...optional, description: '任期内更换的原因' }) reason!: string | null;
  @Field(() => [StandingMemberType]) members!: readonly StandingMemberType[];
}

@InputType({ description: '监督组织的成员' })
class StandingMemberInput {
  @Field(() => ID) accountId!: string;
  @Field(() => String) capacity!: string;
  @Field(() => Boolean, { defaultValue: false }) substitute!: boolean;
}

@InputType({ description: '组建或更换村务监督委员会、镇监督小组' })
class FormStandingBodyArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String, { description: 'village-supervision 或 town-supervision' }) kind!: string;
  @Field(() => String, { description: '村或镇的代码' }) divisionCode!: string;
  @Field(() => Day) termFrom!: string;
  @Field(() => Day) termLastDay!: string;
  @Field(() => [StandingMemberInput]) members!: StandingMemberInput[];
  @Field(() => String, { ...optional, description: '任期内更换的原因' }) reason?: string | null;
}

@ObjectType()
class StandingBodyReceiptType {
  @Field(() => ID) bodyId!: string;
  @Field(() => Day) termLastDay!: string;
}

@Resolver()
export class StandingBodyResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly form: FormStandingBody,
  ) {}

  @Query(() => [StandingBodyType], { description: '一村或一镇的监督组织' })
  @Allow('standing-body.read')
  standingBodies(
    @CurrentActor() actor: Actor,
    @Args('divisionCode', { type: () => String }) divisionCode: string,
    @Args('withHistory', { type: () => Boolean, defaultValue: false, description: '包括已被更换的' }) withHistory: boolean,
  ): Promise<StandingBodyType[]> {
    return this.work.read(actor, async (tx) => {
      actor.require('standing-body.read', divisionCode);
      const bodies = await new StandingBodyStore(tx).ofDivision(divisionCode, withHistory);
      const seals = await this.vault.existing(tx, bodies.map(({ id }) => id));
      return bodies.map((body) => {
        const seal = seals.get(body.id);
        const reason = body.reason && seal ? seal.open(body.reason, ['standing_body', body.id, 'reason']) : null;
        return { ...body, reason, inTerm: body.replacedOn === null && body.termFrom <= tx.today && tx.today <= body.termLastDay };
      });
    });
  }

  @Mutation(() => StandingBodyReceiptType, { description: '组建或更换村务监督委员会、镇监督小组' })
  @Allow('standing-body.form')
  formStandingBody(@CurrentActor() actor: Actor, @Args('input') input: FormStandingBodyArgs): Promise<StandingBodyReceiptType> {
    return this.form.execute(actor, input as FormStandingBodyInput);
  }
}
