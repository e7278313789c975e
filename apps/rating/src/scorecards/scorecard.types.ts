import { Day } from '@credit/platform';
import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '检查发现的一处问题' })
export class ScorecardIssue {
  @Field(() => String, { description: '位置' }) path!: string;
  @Field(() => String, { description: '问题与改法' }) message!: string;
  @Field(() => String, { description: 'error 须改正，warning 提醒' }) severity!: string;
}

@ObjectType({ description: '评分卡版本' })
export class ScorecardType {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'H 农户、E 新型农业经营主体、C 村集体经济组织、V 信用村' }) kind!: string;
  @Field(() => Int) version!: number;
  @Field(() => Day, { description: '生效日' }) effectiveFrom!: string;
  @Field(() => Day, { ...optional, description: '批准日' }) approvedOn!: string | null;
  @Field(() => String, { description: 'draft 拟订、tried 已试算、approved 已批准、in-force 现行、past 已被后续版本代替' }) state!: string;
  @Field(() => String, { description: '全部内容，与规则文件同一 YAML 格式，可改后再导入' }) yaml!: string;
  @Field(() => [ScorecardIssue], { description: '按现行规则检查的结果' }) issues!: ScorecardIssue[];
}

@InputType()
export class DraftScorecardArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String, { description: '县级行政区划代码' }) divisionCode!: string;
  @Field(() => String, { description: 'H、E、C、V' }) kind!: 'H' | 'E' | 'C' | 'V';
  @Field(() => Int) version!: number;
}

@InputType({ description: '导入评分卡' })
export class ImportScorecardArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String, { description: '县级行政区划代码' }) divisionCode!: string;
  @Field(() => String, { description: '评分卡 YAML' }) yaml!: string;
}

@InputType()
export class ApproveScorecardArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => ID) scorecardId!: string;
}

@InputType({ description: '权重（百分数，合计 100）' })
class WeightsInput {
  @Field(() => Int, { description: '乡风文明评议' }) civility!: number;
  @Field(() => Int, { description: '定量部分' }) quantitative!: number;
}

@InputType({ description: '一档等级' })
class GradeBandInput {
  @Field(() => String) grade!: string;
  @Field(() => Float, { description: '不低于多少分' }) from!: number;
  @Field(() => String, { description: '依据' }) source!: string;
}

@InputType({ description: '封顶项' })
class GateInput {
  @Field(() => String) id!: string;
  @Field(() => String) zh!: string;
  @Field(() => String, { description: '数据项' }) item!: string;
  @Field(() => String, { description: '取何值时封顶' }) is!: string;
  @Field(() => String, { description: '至多评为何等级' }) cap!: string;
  @Field(() => String) source!: string;
}

@InputType({ description: '特殊状态的条件：equals 与 notPositive 取一' })
class StateWhenInput {
  @Field(() => String) item!: string;
  @Field(() => String, optional) equals?: string | null;
  @Field(() => Boolean, optional) notPositive?: boolean | null;
}

@InputType({ description: '特殊状态' })
class FactStateInput {
  @Field(() => String) state!: string;
  @Field(() => StateWhenInput) when!: StateWhenInput;
}

@InputType({ description: '指标取值的方法：item、ratio、growth、overMedian、countPositive 取一' })
class FactInput {
  @Field(() => [FactStateInput], optional) states?: FactStateInput[] | null;
  @Field(() => String, optional) item?: string | null;
  @Field(() => [String], { ...optional, description: '前者 ÷ 后者' }) ratio?: string[] | null;
  @Field(() => [String], { ...optional, description: '（前者 − 后者）÷ 后者' }) growth?: string[] | null;
  @Field(() => String, { ...optional, description: '与村中位数之比' }) overMedian?: string | null;
  @Field(() => [String], { ...optional, description: '大于零的有几项' }) countPositive?: string[] | null;
}

@InputType({ description: '一个档次：state、is、atLeast、above、atMost、below、else 取一' })
class BandInput {
  @Field(() => Float) points!: number;
  @Field(() => String, optional) zh?: string | null;
  @Field(() => String) source!: string;
  @Field(() => String, optional) state?: string | null;
  @Field(() => String, optional) is?: string | null;
  @Field(() => Float, optional) atLeast?: number | null;
  @Field(() => Float, optional) above?: number | null;
  @Field(() => Float, optional) atMost?: number | null;
  @Field(() => Float, optional) below?: number | null;
  @Field(() => Boolean, optional) else?: boolean | null;
}

@InputType({ description: '一项指标' })
class IndicatorInput {
  @Field(() => String) id!: string;
  @Field(() => String) zh!: string;
  @Field(() => Float) points!: number;
  @Field(() => [String], { ...optional, description: '需要的授权：economics、credit' }) consent?: string[] | null;
  @Field(() => FactInput) fact!: FactInput;
  @Field(() => String, { ...optional, description: '资料或授权缺失时取的中性状态' }) neutral?: string | null;
  @Field(() => String) source!: string;
  @Field(() => [BandInput]) bands!: BandInput[];
}

@InputType({ description: '修订评分卡：没有写的部分不变' })
export class EditScorecardArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) divisionCode!: string;
  @Field(() => ID, { description: '拟订中的版本；已批准的由此另起下一版本' }) scorecardId!: string;
  @Field(() => Day, optional) effectiveFrom?: string | null;
  @Field(() => WeightsInput, optional) weights?: WeightsInput | null;
  @Field(() => String, { ...optional, description: '一票否决对等级的影响：none 或一个等级' }) vetoGradeCap?: string | null;
  @Field(() => [GradeBandInput], { ...optional, description: '全部等级界限，由高到低' }) grades?: GradeBandInput[] | null;
  @Field(() => [GateInput], { ...optional, description: '按编号替换或新增的封顶项' }) gates?: GateInput[] | null;
  @Field(() => [IndicatorInput], { ...optional, description: '按编号替换或新增的指标' }) indicators?: IndicatorInput[] | null;
  @Field(() => [String], { ...optional, description: '删去的指标或封顶项编号' }) removed?: string[] | null;
}

@ObjectType({ description: '评分卡办理回执' })
export class ScorecardReceipt {
  @Field(() => ID) scorecardId!: string;
  @Field(() => Int, optional) version?: number;
  @Field(() => Day, optional) approvedOn?: string;
}
