import { Day, Instant } from '@credit/platform';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: '期限：由所属服务保存并据以决定，这里只是提醒' })
export class Deadline {
  @Field(() => String, { description: '所属服务' }) owner!: string;
  @Field(() => String, { description: '种类，如 answer、validity' }) kind!: string;
  @Field(() => ID, { description: '事项编号' }) key!: string;
  @Field(() => Int) version!: number;
  @Field(() => Day, { description: '最后一日' }) lastDay!: string;
  @Field(() => Instant, { nullable: true, description: '已提醒的时刻' }) rungAt!: Date | null;
}

@ObjectType()
export class DeadlinePage {
  @Field(() => [Deadline]) rows!: Deadline[];
  @Field(() => String, { nullable: true }) nextCursor!: string | null;
}

@ObjectType()
export class ReconciliationReceipt {
  @Field(() => String) owner!: string;
  @Field(() => Int, { description: '该服务现有的期限数' }) held!: number;
  @Field(() => Int, { description: '撤去的提醒数' }) dropped!: number;
}
