import { Field, InputType, ObjectType } from '@nestjs/graphql';

@InputType({ description: '受理异议的地址电话（办公用，不填个人信息）' })
export class ObjectionContactInput {
  @Field(() => String) requestId!: string;
  @Field(() => String, { description: '12 位行政区划代码；村里没有登记的用上一级的' }) divisionCode!: string;
  @Field(() => String, { description: '受理单位' }) receiver!: string;
  @Field(() => String) address!: string;
  @Field(() => String) phone!: string;
}

@ObjectType()
export class ObjectionContactReceipt {
  @Field(() => String) divisionCode!: string;
}

@ObjectType({ description: '可以照念或转发的公示通知，不含姓名和得分' })
export class Announcement {
  @Field(() => String) channel!: string;
  @Field(() => String, { description: '渠道名称' }) channelName!: string;
  @Field(() => String) text!: string;
}
