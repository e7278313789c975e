import { type Actor, Allow, CurrentActor, cursorOf, Day, PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { EndPost } from './end-post';
import { GivePost } from './give-post';
import { type GivenPost, PostStore } from './post.store';

@ObjectType({ description: '任职' })
export class PostType {
  @Field(() => ID) id!: string;
  @Field(() => ID) accountId!: string;
  @Field(() => String, { description: '角色' }) role!: string;
  @Field(() => String, { description: '行政区划代码' }) divisionCode!: string;
  @Field(() => String, { nullable: true, description: '所属机构' }) organisation!: string | null;
  @Field(() => Day, { description: '任职日' }) fromOn!: string;
  @Field(() => Day, { nullable: true, description: '免职日（含当日）' }) toOn!: string | null;
  @Field(() => Int) version!: number;
}

@ObjectType({ description: '任职分页' })
class PostPage {
  @Field(() => [PostType]) rows!: PostType[];
  @Field(() => String, { nullable: true }) nextCursor!: string | null;
}

@InputType()
class GivePostArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) accountId!: string;
  @Field(() => String, { description: '角色，见权限表' }) role!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => String, { nullable: true }) organisation?: string;
  @Field(() => Day, { nullable: true, description: '默认今日' }) fromOn?: string;
  @Field(() => Day, { nullable: true }) toOn?: string;
}

@InputType()
class EndPostArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) postId!: string;
  @Field(() => Day, { nullable: true, description: '最后在任日，默认今日' }) toOn?: string;
}

@ObjectType({ description: '任免回执' })
class PostReceipt {
  @Field(() => ID) postId!: string;
  @Field(() => Day, { nullable: true }) toOn?: string;
}

export function postType(post: GivenPost): PostType {
  return { ...post, id: post.postId };
}

@Resolver()
export class PostResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly give: GivePost,
    private readonly ending: EndPost,
  ) {}

  @Query(() => PostPage, { description: '任职名册' })
  @Allow('identity.account.view')
  posts(@CurrentActor() actor: Actor, @Args() page: PageArgs, @Args('under', { type: () => String, nullable: true }) under?: string): Promise<PostPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new PostStore(tx).page(under === undefined ? '' : divisionPrefix(under), readCursor(page.after, 1)?.[0] ?? null, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: rows.map(postType), nextCursor: last ? cursorOf(last.postId) : null };
    });
  }

  @Mutation(() => PostReceipt, { description: '任职（安全管理员）' })
  @Allow('identity.post.manage')
  givePost(@CurrentActor() actor: Actor, @Args('input') input: GivePostArgs): Promise<PostReceipt> {
    return this.give.execute(actor, input);
  }

  @Mutation(() => PostReceipt, { description: '免职（安全管理员）' })
  @Allow('identity.post.manage')
  endPost(@CurrentActor() actor: Actor, @Args('input') input: EndPostArgs): Promise<PostReceipt> {
    return this.ending.execute(actor, input);
  }
}
