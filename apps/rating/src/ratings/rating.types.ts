import { Day, Instant, Score } from '@credit/platform';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: '评分说明的一行' })
export class ResultLineType {
  @Field(() => String, { description: '指标编号' }) indicator!: string;
  @Field(() => String, { description: '指标名称' }) name!: string;
  @Field(() => String, { nullable: true, description: '指标取值' }) value!: string | null;
  @Field(() => String, { nullable: true, description: '所在档次' }) band!: string | null;
  @Field(() => Score, { nullable: true, description: '得分' }) points!: number | null;
  @Field(() => Score, { description: '满分' }) maximum!: number;
  @Field(() => String, { description: '依据' }) source!: string;
  @Field(() => String, { nullable: true, description: '最近的提升途径' }) nearest!: string | null;
}

@ObjectType({ description: '通俗说明' })
export class ExplanationType {
  @Field(() => String, { description: '总分、等级和各部分' }) summary!: string;
  @Field(() => [String], { description: '计入了什么' }) counted!: readonly string[];
  @Field(() => [String], { description: '没有计入什么、为什么' }) notCounted!: readonly string[];
  @Field(() => [String], { description: '影响最大的原因，至多四条' }) strongest!: readonly string[];
  @Field(() => [String], { description: '怎样提高' }) raises!: readonly string[];
}

@ObjectType({ description: '系统测评结果及其说明' })
export class RatingResultType {
  @Field(() => ID) id!: string;
  @Field(() => ID, { description: '评级批次' }) runId!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String) subjectKind!: string;
  @Field(() => String, { description: '所在行政村' }) villageCode!: string;
  @Field(() => String, { description: 'rated 已评、insufficient 资料不足、not-rated-on-economics 未授权经济信息' }) status!: string;
  @Field(() => [String], { description: '未出总分的原因' }) reasons!: readonly string[];
  @Field(() => Score, { nullable: true, description: '总分' }) total!: number | null;
  @Field(() => String, { nullable: true, description: '信用等级' }) grade!: string | null;
  @Field(() => Boolean, { description: '是否达到信用主体（A 级及以上）' }) creditSubject!: boolean;
  @Field(() => Score, { nullable: true, description: '计入的乡风文明评议得分' }) civility!: number | null;
  @Field(() => Score, { nullable: true, description: '定量部分得分' }) quantitative!: number | null;
  @Field(() => [ResultLineType], { description: '逐项说明；资料已依法删除的为空' }) lines!: ResultLineType[];
  @Field(() => ExplanationType, { nullable: true, description: '通俗说明；资料已依法删除或没有测评的为空' }) explanation!: ExplanationType | null;
  @Field(() => Boolean, { description: '资料是否已依法删除' }) erased!: boolean;
}

@ObjectType({ description: '信用评定' })
export class RatingType {
  @Field(() => ID) id!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String) subjectKind!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: '信用等级' }) grade!: string;
  @Field(() => Boolean, { description: '是否信用主体（A 级及以上）' }) creditSubject!: boolean;
  @Field(() => String, { description: 'proposed 拟评定、listed 公示中、valid 有效、expired 已到期、revoked 已撤销、superseded 已更新' }) state!: string;
  @Field(() => String, { nullable: true, description: '证书编号' }) certificateNo!: string | null;
  @Field(() => Day, { nullable: true, description: '评定日' }) certifiedOn!: string | null;
  @Field(() => Day, { nullable: true, description: '有效期最后一日' }) lastDay!: string | null;
}

@ObjectType('Household', { description: '农户' })
export class RatedHousehold {
  @Field(() => ID) id!: string;
  @Field(() => [RatingType], { description: '历次信用评定，最近的在前' }) ratings!: RatingType[];
  @Field(() => RatingResultType, { nullable: true, description: '最近一次系统测评的结果与说明' }) latestResult!: RatingResultType | null;
}

@ObjectType({ description: '一个行政村的名单' })
export class VillageListType {
  @Field(() => String) villageCode!: string;
  @Field(() => ID, { nullable: true }) publicationId!: string | null;
  @Field(() => Day, { nullable: true, description: '公示最后一日' }) lastDay!: string | null;
  @Field(() => Instant, { nullable: true, description: '完成评定的时刻' }) certifiedAt!: Date | null;
}

@ObjectType({ description: '等级分布' })
export class GradeCountType {
  @Field(() => String) subjectKind!: string;
  @Field(() => String) status!: string;
  @Field(() => String, { nullable: true }) grade!: string | null;
  @Field(() => Int) count!: number;
}

@ObjectType({ description: '评级批次' })
export class RatingRunType {
  @Field(() => ID) id!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => Day, { description: '评级日' }) ratingOn!: string;
  @Field(() => String, { description: 'computing 测评中、paused 已暂停、computed 待确认、confirmed 已确认、cancelled 已取消' }) state!: string;
  @Field(() => Int, { description: '已完成的村' }) done!: number;
  @Field(() => Int, { description: '全部村' }) total!: number;
  @Field(() => Int, { description: '已测评的主体' }) subjects!: number;
  @Field(() => Boolean, { description: '是否只评有变化的主体' }) changedOnly!: boolean;
  @Field(() => Int, { description: '没有变化而不再评的主体' }) unchanged!: number;
  @Field(() => Float, { description: '完成比例 0–1' }) share!: number;
  @Field(() => Instant, { nullable: true, description: '预计完成的时刻' }) estimatedEndAt!: Date | null;
  @Field(() => [GradeCountType]) grades!: GradeCountType[];
  @Field(() => [VillageListType]) lists!: VillageListType[];
}

@ObjectType({ description: '测评结果分页' })
export class RatingResultPage {
  @Field(() => [RatingResultType]) rows!: RatingResultType[];
  @Field(() => String, { nullable: true }) nextCursor!: string | null;
}

@ObjectType({ description: '整批重算核对' })
export class RunReplayType {
  @Field(() => Int, { description: '核对的结果数' }) compared!: number;
  @Field(() => Int, { description: '逐字相同的' }) same!: number;
  @Field(() => Int, { description: '资料已依法删除、不能重算的' }) erased!: number;
  @Field(() => [ID], { description: '与留存不同的结果' }) differing!: readonly string[];
}

@ObjectType({ description: '重算核对' })
export class ReplayType {
  @Field(() => ID) resultId!: string;
  @Field(() => Boolean, { description: '重算结果与留存结果逐字相同' }) same!: boolean;
}
