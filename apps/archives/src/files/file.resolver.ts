import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { fileType } from '../subjects/household-view';
import { CreditFileType } from '../subjects/subject.types';
import { AssignFiles } from './assign-files';
import { type FileState, FileStore } from './file.store';
import { SubmitVillage } from './submit-village';
import { VerifyFiles } from './verify-files';

@ObjectType({ description: '档案分页' })
class FilePage {
  @Field(() => [CreditFileType]) rows!: CreditFileType[];
  @Field(() => String, { nullable: true }) nextCursor!: string | null;
}

@InputType()
class SubmitVillageArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) villageCode!: string;
}

@InputType()
class AssignFilesArgs {
  @Field(() => String) requestId!: string;
  @Field(() => [ID]) fileIds!: string[];
  @Field(() => ID, { description: '校核人账号' }) verifierId!: string;
}

@InputType()
class VerifyFilesArgs {
  @Field(() => String) requestId!: string;
  @Field(() => [ID]) fileIds!: string[];
  @Field(() => String, { description: 'verified 属实、returned 退回' }) verdict!: 'verified' | 'returned';
  @Field(() => String, { nullable: true, description: '退回事由' }) note?: string;
}

@ObjectType({ description: '档案办理回执' })
class FilesReceipt {
  @Field(() => String, { nullable: true }) villageCode?: string;
  @Field(() => Int, { nullable: true }) submitted?: number;
  @Field(() => Int, { nullable: true }) assigned?: number;
  @Field(() => String, { nullable: true }) verdict?: string;
  @Field(() => Int, { nullable: true }) files?: number;
}

@Resolver()
export class FileResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly submit: SubmitVillage,
    private readonly assign: AssignFiles,
    private readonly verify: VerifyFiles,
  ) {}

  @Query(() => FilePage, { description: '校核清单；金融机构成员只见分派给自己的' })
  @Allow('archives.file')
  files(
    @CurrentActor() actor: Actor,
    @Args('under', { type: () => String }) under: string,
    @Args() page: PageArgs,
    @Args('state', { type: () => String, nullable: true }) state?: FileState,
  ): Promise<FilePage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const onlyOwn = actor.posts.every((post) => post.role === 'bank-verifier') ? actor.accountId : null;
      const rows = await new FileStore(tx).page(actor.scopesFor('archives.file'), divisionPrefix(under), state ?? null, onlyOwn, readCursor(page.after, 1)?.[0] ?? null, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: rows.map(fileType), nextCursor: last ? cursorOf(last.fileId) : null };
    });
  }

  @Mutation(() => FilesReceipt, { description: '提交校核（村）' })
  @Allow('archives.submit')
  submitVillage(@CurrentActor() actor: Actor, @Args('input') input: SubmitVillageArgs): Promise<FilesReceipt> {
    return this.submit.execute(actor, input);
  }

  @Mutation(() => FilesReceipt, { description: '分派校核（镇）' })
  @Allow('archives.assign')
  assignFiles(@CurrentActor() actor: Actor, @Args('input') input: AssignFilesArgs): Promise<FilesReceipt> {
    return this.assign.execute(actor, input);
  }

  @Mutation(() => FilesReceipt, { description: '信息核查校验（校核专班）' })
  @Allow('archives.verify')
  verifyFiles(@CurrentActor() actor: Actor, @Args('input') input: VerifyFilesArgs): Promise<FilesReceipt> {
    return this.verify.execute(actor, input);
  }
}
