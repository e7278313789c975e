import { type Actor, Allow, CurrentActor, UnitOfWork } from '@credit/platform';
import { Args, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { ClientStore } from './client.store';
import { RegisterClient, RotateClientKeys } from './register-client';

@ObjectType({ description: '接入方' })
class ClientType {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: '名称' }) name!: string;
  @Field(() => String, { description: 'bank 银行、province 省平台' }) kind!: string;
  @Field(() => [String], { description: '登记的用途' }) purposes!: string[];
}

@InputType()
class RegisterClientArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) name!: string;
  @Field(() => String, { description: 'bank 或 province' }) kind!: string;
  @Field(() => [String], { nullable: true, description: '用途代码；不填为这类接入方可有的全部用途' }) purposes?: string[] | null;
  @Field(() => String, { description: '公钥 JWKS（JSON 文本）' }) jwks!: string;
}

@InputType()
class RotateClientKeysArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) clientId!: string;
  @Field(() => String, { description: '新的公钥 JWKS（JSON 文本）' }) jwks!: string;
}

@ObjectType({ description: '接入方办理回执' })
class ClientReceipt {
  @Field(() => ID) clientId!: string;
}

@Resolver()
export class ClientResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly register: RegisterClient,
    private readonly rotate: RotateClientKeys,
  ) {}

  @Query(() => [ClientType], { description: '接入方名录' })
  @Allow('identity.client.view')
  async clients(@CurrentActor() actor: Actor): Promise<ClientType[]> {
    const rows = await this.work.read(actor, (tx) => new ClientStore(tx).list());
    return rows.filter((row) => row.active).map((row) => ({ id: row.clientId, name: row.name, kind: row.kind, purposes: [...row.purposes] }));
  }

  @Mutation(() => ClientReceipt, { description: '登记接入方（系统管理员）' })
  @Allow('identity.client.manage')
  registerClient(@CurrentActor() actor: Actor, @Args('input') input: RegisterClientArgs): Promise<ClientReceipt> {
    return this.register.execute(actor, input);
  }

  @Mutation(() => ClientReceipt, { description: '更换接入方公钥（系统管理员）' })
  @Allow('identity.client.manage')
  rotateClientKeys(@CurrentActor() actor: Actor, @Args('input') input: RotateClientKeysArgs): Promise<ClientReceipt> {
    return this.rotate.execute(actor, input);
  }
}
