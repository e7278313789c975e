import { type Actor, Allow, CurrentActor, UnitOfWork } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Args, Field, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { DivisionStore } from './division.store';

@ObjectType({ description: '行政区划或村民小组' })
class DivisionType {
  @Field(() => String) code!: string;
  @Field(() => String) name!: string;
  @Field(() => String, { description: 'county 县、town 乡镇、village 村（居）、group 村民小组' }) level!: string;
  @Field(() => Boolean, { description: '是否社区（居委会）' }) community!: boolean;
  @Field(() => String, { nullable: true }) parentCode!: string | null;
}

@Resolver()
export class DivisionResolver {
  constructor(private readonly work: UnitOfWork) {}

  @Query(() => [DivisionType], { description: '某区划及其下的全部区划' })
  @Allow('archives.divisions')
  divisions(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string): Promise<DivisionType[]> {
    return this.work.read(actor, (tx) => new DivisionStore(tx).under(divisionPrefix(under)));
  }
}
