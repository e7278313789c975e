import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Args, Field, InputType, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { NoteExport } from './note-export';

@InputType({ description: '登记导出' })
class NoteExportArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String, { description: '清单名称，即总图中的查询名' }) list!: string;
}

@ObjectType({ description: '导出登记回执' })
class ExportNotedType {
  @Field(() => String) list!: string;
}

@Resolver()
export class ExportResolver {
  constructor(private readonly note: NoteExport) {}

  @Mutation(() => ExportNotedType, { description: '登记导出一份清单；导出前由总图代为登记' })
  @Allow('list.export')
  noteExport(@CurrentActor() actor: Actor, @Args('input') input: NoteExportArgs): Promise<ExportNotedType> {
    return this.note.execute(actor, input);
  }
}
