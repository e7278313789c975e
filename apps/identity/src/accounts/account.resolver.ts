import { AccessTable, type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Args, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { PostStore } from '../posts/post.store';
import { PostType, postType } from '../posts/post.resolver';
import { type Account, AccountStore } from './account.store';
import { CreateAccount } from './create-account';
import { LinkAccount } from './link-account';
import { SetPassword } from './set-password';
import { UnlockAccount } from './unlock-account';

@ObjectType({ description: '账号' })
class AccountType {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: '登录名' }) loginName!: string;
  @Field(() => String, { description: '姓名' }) name!: string;
  @Field(() => Boolean) active!: boolean;
  @Field(() => Boolean, { description: '是否暂时锁定' }) locked!: boolean;
  @Field(() => [PostType], { description: '任职，含已结束的' }) posts!: PostType[];
}

@ObjectType({ description: '账号分页' })
class AccountPage {
  @Field(() => [AccountType]) rows!: AccountType[];
  @Field(() => String, { nullable: true }) nextCursor!: string | null;
}

@ObjectType({ description: '当前办理人' })
class Me {
  @Field(() => String, { description: 'account 工作人员、villager 村民' }) kind!: string;
  @Field(() => ID, { nullable: true }) accountId!: string | null;
  @Field(() => String, { nullable: true }) loginName!: string | null;
  @Field(() => String, { nullable: true }) name!: string | null;
  @Field(() => ID, { nullable: true, description: '村民所在农户' }) householdId!: string | null;
  @Field(() => [PostType], { description: '今日有效的任职' }) posts!: PostType[];
  @Field(() => [String], { description: '可办理的事项' }) actions!: string[];
}

@InputType()
class CreateAccountArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) loginName!: string;
  @Field(() => String, { description: '姓名' }) name!: string;
  @Field(() => String, { description: '初始口令' }) password!: string;
}

@InputType()
class SetPasswordArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) oldPassword!: string;
  @Field(() => String) newPassword!: string;
}

@InputType()
class UnlockAccountArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) accountId!: string;
}

@InputType()
class LinkAccountArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) accountId!: string;
  @Field(() => String, { description: '统一认证编号' }) subject!: string;
}

@ObjectType({ description: '账号办理回执' })
class AccountReceipt {
  @Field(() => ID) accountId!: string;
}

@Resolver()
export class AccountResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly table: AccessTable,
    private readonly create: CreateAccount,
    private readonly password: SetPassword,
    private readonly unlock: UnlockAccount,
    private readonly link: LinkAccount,
  ) {}

  @Query(() => Me, { description: '我是谁、任何职、可办什么' })
  @Allow('identity.me')
  me(@CurrentActor() actor: Actor): Promise<Me> {
    return this.work.read(actor, async (tx) => {
      const account = actor.kind === 'account' && actor.accountId ? await new AccountStore(tx).byId(actor.accountId) : undefined;
      const posts = account ? (await new PostStore(tx).ofAccounts([account.accountId])).filter((post) => post.fromOn <= tx.today && (!post.toOn || post.toOn >= tx.today)) : [];
      return {
        kind: actor.kind,
        accountId: actor.accountId,
        loginName: account?.loginName ?? null,
        name: account ? ((await this.namesOf(tx, [account])).get(account.accountId) ?? null) : null,
        householdId: actor.villager?.householdId ?? null,
        posts: posts.map(postType),
        actions: [...this.table.actions.keys()].filter((action) => actor.mayAnywhere(action)),
      };
    });
  }

  @Query(() => AccountPage, { description: '账号名册；查看留痕' })
  @Allow('identity.account.view')
  accounts(@CurrentActor() actor: Actor, @Args() page: PageArgs): Promise<AccountPage> {
    return this.work.run(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new AccountStore(tx).page(readCursor(page.after, 1)?.[0] ?? null, limit);
      const names = await this.namesOf(tx, rows);
      const posts = await new PostStore(tx).ofAccounts(rows.map((row) => row.accountId));
      await tx.audit.record('accounts.viewed', 'accounts', { rows: rows.length });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        rows: rows.map((row) => ({ ...row, id: row.accountId, name: names.get(row.accountId) ?? '', posts: posts.filter((post) => post.accountId === row.accountId).map(postType) })),
        nextCursor: last ? cursorOf(last.loginName) : null,
      };
    });
  }

  private async namesOf(tx: Tx, accounts: readonly Account[]): Promise<Map<string, string>> {
    const seals = await this.vault.existing(tx, accounts.map((account) => account.accountId));
    return new Map(accounts.map((account) => [account.accountId, seals.get(account.accountId)?.open(account.name, ['account', account.accountId, 'name']) ?? '']));
  }

  @Mutation(() => AccountReceipt, { description: '建立账号（系统管理员）' })
  @Allow('identity.account.manage')
  createAccount(@CurrentActor() actor: Actor, @Args('input') input: CreateAccountArgs): Promise<AccountReceipt> {
    return this.create.execute(actor, input);
  }

  @Mutation(() => AccountReceipt, { description: '修改本人口令' })
  @Allow('identity.me')
  setPassword(@CurrentActor() actor: Actor, @Args('input') input: SetPasswordArgs): Promise<AccountReceipt> {
    return this.password.execute(actor, input);
  }

  @Mutation(() => AccountReceipt, { description: '解锁账号（系统管理员）' })
  @Allow('identity.account.manage')
  unlockAccount(@CurrentActor() actor: Actor, @Args('input') input: UnlockAccountArgs): Promise<AccountReceipt> {
    return this.unlock.execute(actor, input);
  }

  @Mutation(() => AccountReceipt, { description: '关联单位统一认证；关联后不再用口令登录（系统管理员）' })
  @Allow('identity.account.manage')
  linkAccount(@CurrentActor() actor: Actor, @Args('input') input: LinkAccountArgs): Promise<AccountReceipt> {
    return this.link.execute(actor, input);
  }
}
