import { type Actor, Allow, CurrentActor, cursorOf, Day, PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { compositionFaults, divisionPrefix, type PlainDate } from '@credit/policy';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { programmeRules } from '../programme-rules';
import { ChangeProgrammeBody } from './change-programme-body';
import { DissolveProgrammeBody } from './dissolve-programme-body';
import { FormProgrammeBody } from './form-programme-body';
import { heldOn, ProgrammeBodyStore } from './programme-body.store';

const optional = { nullable: true } as const;

@ObjectType({ description: '工作组织的成员' })
class ProgrammeSeatType {
  @Field(() => ID) accountId!: string;
  @Field(() => String, { description: '身份，见规则数据 programme.yaml' }) capacity!: string;
  @Field(() => String, { description: '职务' }) title!: string;
  @Field(() => String, { description: '单位' }) organisation!: string;
  @Field(() => Day, { description: '到任日' }) fromOn!: string;
  @Field(() => Day, { ...optional, description: '最后一日；空为在任' }) lastDay!: string | null;
}

@ObjectType({ description: '联席会议、联席会议办公室或信息校核专班' })
class ProgrammeBodyType {
  @Field(() => ID) bodyId!: string;
  @Field(() => String) kind!: string;
  @Field(() => String, { description: '中文名' }) zh!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => Day) formedOn!: string;
  @Field(() => Day, optional) dissolvedOn!: string | null;
  @Field(() => [ProgrammeSeatType], { description: '这一天在任的成员' }) members!: ProgrammeSeatType[];
  @Field(() => [ProgrammeSeatType], { description: '此前的成员' }) former!: ProgrammeSeatType[];
  @Field(() => [String], { description: '组成不合要求之处，每条一句；合要求时为空' }) faults!: string[];
}

@ObjectType()
class ProgrammeBodyPage {
  @Field(() => [ProgrammeBodyType]) rows!: ProgrammeBodyType[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '工作组织的成员' })
class ProgrammeSeatInput {
  @Field(() => ID) accountId!: string;
  @Field(() => String) capacity!: string;
  @Field(() => String) title!: string;
  @Field(() => String) organisation!: string;
}

@InputType({ description: '成立工作组织' })
class FormProgrammeBodyArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String, { description: 'joint-conference、office、verification-force' }) kind!: string;
  @Field(() => String, { description: '县或乡镇的代码' }) divisionCode!: string;
  @Field(() => Day) formedOn!: string;
  @Field(() => [ProgrammeSeatInput]) members!: ProgrammeSeatInput[];
}

@InputType({ description: '调整工作组织的成员' })
class ChangeProgrammeBodyArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) bodyId!: string;
  @Field(() => Day, { description: '新成员到任日；离任的以前一日为最后一日' }) fromOn!: string;
  @Field(() => [ID], { defaultValue: [], description: '离任成员的账号' }) leave!: string[];
  @Field(() => [ProgrammeSeatInput], { defaultValue: [] }) join!: ProgrammeSeatInput[];
}

@InputType()
class DissolveProgrammeBodyArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) bodyId!: string;
}

@ObjectType()
class ProgrammeBodyReceiptType {
  @Field(() => ID) bodyId!: string;
  @Field(() => Int, { ...optional, description: '在任人数' }) members?: number;
  @Field(() => Day, optional) dissolvedOn?: string;
}

@Resolver()
export class ProgrammeBodyResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly form: FormProgrammeBody,
    private readonly change: ChangeProgrammeBody,
    private readonly dissolve: DissolveProgrammeBody,
  ) {}

  @Query(() => ProgrammeBodyPage, { description: '某日的工作组织、在任成员和组成是否合要求' })
  @Allow('programme.read')
  programmeBodies(
    @CurrentActor() actor: Actor,
    @Args('under', { type: () => String }) under: string,
    @Args() page: PageArgs,
    @Args('on', { type: () => Day, nullable: true }) on?: PlainDate,
  ): Promise<ProgrammeBodyPage> {
    return this.work.read(actor, async (tx) => {
      const day = on ?? tx.today;
      const limit = pageSize(page);
      const store = new ProgrammeBodyStore(tx);
      const bodies = await store.page(actor.scopesFor('programme.read'), divisionPrefix(under), day, readCursor(page.after, 1)?.[0] ?? null, limit);
      const seats = await store.seatsOf(bodies.map(({ bodyId }) => bodyId));
      const rules = programmeRules(day).bodies;
      const last = bodies.length === limit ? bodies.at(-1) : undefined;
      const rows = bodies.map((body) => {
        const own = seats.filter(({ bodyId }) => bodyId === body.bodyId);
        const members = own.filter((seat) => heldOn(seat, day));
        const rule = rules[body.kind];
        const faults = rule ? compositionFaults(rule, members.map(({ accountId, capacity }) => ({ memberId: accountId, capacity }))) : [];
        return { ...body, zh: rule?.zh ?? body.kind, members, former: own.filter(({ lastDay }) => lastDay !== null && lastDay < day), faults };
      });
      return { rows, nextCursor: last ? cursorOf(last.bodyId) : null };
    });
  }

  @Mutation(() => ProgrammeBodyReceiptType, { description: '成立联席会议、办公室或信息校核专班（县、镇经办人）' })
  @Allow('programme-body.keep')
  formProgrammeBody(@CurrentActor() actor: Actor, @Args('input') input: FormProgrammeBodyArgs): Promise<ProgrammeBodyReceiptType> {
    return this.form.execute(actor, input);
  }

  @Mutation(() => ProgrammeBodyReceiptType, { description: '调整成员（县、镇经办人）' })
  @Allow('programme-body.keep')
  changeProgrammeBody(@CurrentActor() actor: Actor, @Args('input') input: ChangeProgrammeBodyArgs): Promise<ProgrammeBodyReceiptType> {
    return this.change.execute(actor, input);
  }

  @Mutation(() => ProgrammeBodyReceiptType, { description: '撤销工作组织（县、镇经办人）' })
  @Allow('programme-body.keep')
  dissolveProgrammeBody(@CurrentActor() actor: Actor, @Args('input') input: DissolveProgrammeBodyArgs): Promise<ProgrammeBodyReceiptType> {
    return this.dissolve.execute(actor, input);
  }
}
