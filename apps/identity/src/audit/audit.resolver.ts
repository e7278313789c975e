import { type Actor, Allow, CurrentActor, cursorOf, Instant, PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { Args, Field, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { AuditStore } from './audit.store';

@ObjectType({ description: '审计记录' })
class AuditLineType {
  @Field(() => String, { description: '封存序号；尚未封存的为空', nullable: true }) n!: string | null;
  @Field(() => Instant) at!: Date;
  @Field(() => String, { description: '办理人' }) actor!: string;
  @Field(() => String, { description: '动作' }) action!: string;
  @Field(() => String, { description: '对象' }) subject!: string;
  @Field(() => String, { description: '事实（编号、日期、代码）' }) facts!: string;
}

@ObjectType({ description: '审计记录分页' })
class AuditPage {
  @Field(() => [AuditLineType]) rows!: AuditLineType[];
  @Field(() => String, { nullable: true }) nextCursor!: string | null;
}

/** 审计 of this service, for the audit administrator. */
@Resolver()
export class AuditResolver {
  constructor(private readonly work: UnitOfWork) {}

  @Query(() => AuditPage, { description: '账号与任职的审计记录，最早的在前' })
  @Allow('identity.audit.view')
  auditLines(@CurrentActor() actor: Actor, @Args() page: PageArgs): Promise<AuditPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new AuditStore(tx).page(readCursor(page.after, 1)?.[0] ?? '0', limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows, nextCursor: last ? cursorOf(last.seq) : null };
    });
  }
}
