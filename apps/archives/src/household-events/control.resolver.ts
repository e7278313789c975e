import { Problem } from '@credit/contracts';
import { type Actor, Allow, CurrentActor, cursorOf, Day, PageArgs, pageSize, readCursor, type Tx, UnitOfWork } from '@credit/platform';
import { plainDate } from '@credit/policy';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { seesSubject } from '../subjects/file-reader';
import { SubjectStore } from '../subjects/subject.store';
import { ControlStore, type ShownControl } from './control.store';
import { householdRules } from './household-rules';
import { RecordControl } from './record-control';

const optional = { nullable: true } as const;
const action = 'entity-control.read';

@ObjectType({ description: '一户对一个经营主体的控制；无权查看的一方没有编号' })
class EntityControl {
  @Field(() => ID) controlId!: string;
  @Field(() => ID) entityId!: string;
  @Field(() => String, { description: '经营主体名称' }) entityName!: string;
  @Field(() => String, { description: '统一社会信用代码' }) creditCode!: string;
  @Field(() => ID, optional) householdId!: string | null;
  @Field(() => String, optional) householdNo!: string | null;
  @Field(() => String, { description: '身份（rules/households.yaml）' }) role!: string;
  @Field(() => String, { description: '身份的中文名' }) roleName!: string;
  @Field(() => Int, { ...optional, description: '份额，万分之一；空为一户单独控制' }) shareHundredths!: number | null;
  @Field(() => Day) fromOn!: string;
  @Field(() => Day, { ...optional, description: '至何日止（当日起不再控制）' }) toOn!: string | null;
  @Field(() => String, { description: '证明材料扫描件的 SHA-256' }) evidenceSha256!: string;
}

@ObjectType()
class EntityControlPage {
  @Field(() => [EntityControl]) rows!: EntityControl[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@InputType({ description: '登记经营主体由哪一户控制' })
class RecordEntityControlArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) entityId!: string;
  @Field(() => String, { description: '控制它的农户的户编号' }) householdNo!: string;
  @Field(() => String, { description: '身份（rules/households.yaml）' }) role!: string;
  @Field(() => Int, { ...optional, description: '份额，万分之一；多户控制的必填' }) shareHundredths?: number | null;
  @Field(() => Day) fromOn!: string;
  @Field(() => String, { description: '证明材料扫描件的 SHA-256' }) evidenceSha256!: string;
}

@InputType({ description: '终止一户对经营主体的控制' })
class EndEntityControlArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) controlId!: string;
  @Field(() => Day, { description: '当日起不再控制' }) toOn!: string;
  @Field(() => String) evidenceSha256!: string;
}

@ObjectType()
class EntityControlReceipt {
  @Field(() => ID) controlId!: string;
  @Field(() => Day, optional) toOn?: string;
}

@Resolver()
export class ControlResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly record: RecordControl,
  ) {}

  @Query(() => EntityControlPage, { description: '控制一个经营主体的农户，按起始日；on 为空是历来的' })
  @Allow('entity-control.read')
  entityControllers(@CurrentActor() actor: Actor, @Args('entityId', { type: () => ID }) entityId: string, @Args() page: PageArgs, @Args('on', { type: () => Day, nullable: true }) on?: string | null): Promise<EntityControlPage> {
    return this.work.read(actor, (tx) => this.page(tx, actor, 'entity', entityId, on, page));
  }

  @Query(() => EntityControlPage, { description: '一户控制的经营主体，按起始日；on 为空是历来的；村民只见本户的' })
  @Allow('entity-control.read')
  controlledEntities(@CurrentActor() actor: Actor, @Args('householdId', { type: () => ID }) householdId: string, @Args() page: PageArgs, @Args('on', { type: () => Day, nullable: true }) on?: string | null): Promise<EntityControlPage> {
    return this.work.read(actor, (tx) => this.page(tx, actor, 'household', householdId, on, page));
  }

  @Mutation(() => EntityControlReceipt, { description: '登记经营主体由哪一户控制：单独一户，或多户各有份额' })
  @Allow('entity-control.record')
  recordEntityControl(@CurrentActor() actor: Actor, @Args('input') input: RecordEntityControlArgs): Promise<EntityControlReceipt> {
    return this.record.execute(actor, input);
  }

  @Mutation(() => EntityControlReceipt, { description: '终止一户对经营主体的控制' })
  @Allow('entity-control.record')
  endEntityControl(@CurrentActor() actor: Actor, @Args('input') input: EndEntityControlArgs): Promise<EntityControlReceipt> {
    return this.record.end(actor, input);
  }

  private async page(tx: Tx, actor: Actor, side: 'entity' | 'household', subjectId: string, on: string | null | undefined, page: PageArgs): Promise<EntityControlPage> {
    const subject = await new SubjectStore(tx).byId(subjectId);
    if (subject.kind !== side) throw new Problem('not-found', { subjectId });
    if (!seesSubject(actor, action, subject)) throw new Problem('access.outside-division', { action });
    const limit = pageSize(page);
    const rows = await new ControlStore(tx).page(side, subjectId, on ? plainDate(on) : null, readCursor(page.after, 2), limit);
    const last = rows.length === limit ? rows.at(-1) : undefined;
    const roles = householdRules(tx.today).controlRoles;
    return { rows: rows.map((row) => shown(actor, row, roles)), nextCursor: last ? cursorOf(last.fromOn, last.controlId) : null };
  }
}

/** A registered name is public; which household stands behind it is shown to whoever may see that household. */
function shown(actor: Actor, { entityCode, householdGroup, householdId, householdNo, ...control }: ShownControl, roles: Readonly<Record<string, string>>): EntityControl {
  const visible = actor.villager ? actor.villager.householdId === householdId : actor.may(action, householdGroup);
  return { ...control, creditCode: entityCode, roleName: roles[control.role] ?? control.role, householdId: visible ? householdId : null, householdNo: visible ? householdNo : null };
}
