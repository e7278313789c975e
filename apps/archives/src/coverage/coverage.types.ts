import { Day, Instant } from '@credit/platform';
import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';

const optional = { nullable: true } as const;

@ObjectType({ description: '建档率' })
export class CoverageType {
  @Field(() => String) villageCode!: string;
  @Field(() => String) subjectKind!: string;
  @Field(() => Int, { description: '应建档数' }) registered!: number;
  @Field(() => Day, { ...optional, description: '应建档数的数据日期；未登记过的为空' }) countedOn!: string | null;
  @Field(() => String, { ...optional, description: '应建档数的来源' }) source!: string | null;
  @Field(() => Int, { description: '不纳入数' }) excluded!: number;
  @Field(() => Int, { description: '已建档数' }) filed!: number;
  @Field(() => Int, { description: '已校核数' }) verified!: number;
  @Field(() => Float, { ...optional, description: '建档率（已校核 ÷ 应建档减不纳入）' }) rate!: number | null;
  @Field(() => Float, { description: '目标' }) goal!: number;
}

@ObjectType({ description: '一个数字从哪里来：用这些参数查询，得到它所计的各行' })
export class LeadType {
  @Field(() => String, { description: '查询：coverageBoard、coverageSubjects、missingFiles 或 registerCounts' }) query!: string;
  @Field(() => String, { description: '区划代码（under 或 villageCode）' }) divisionCode!: string;
  @Field(() => String, { ...optional, description: '类别' }) kind!: string | null;
  @Field(() => String, { ...optional, description: 'coverageSubjects 的 part' }) part!: string | null;
  @Field(() => Day, { ...optional, description: 'coverageBoard 的 on' }) on!: string | null;
}

@ObjectType({ description: '数字及其去处' })
export class CoverageFigure {
  @Field(() => Int) value!: number;
  @Field(() => LeadType, { ...optional, description: '得到各行的查询；往日的村级数字和尚未在册的没有逐行名单' }) lead!: LeadType | null;
}

@ObjectType({ description: '看板的一行：一个区划的一类主体，或三类合计' })
export class CoverageBoardRow {
  @Field(() => String) divisionCode!: string;
  @Field(() => String) name!: string;
  @Field(() => String, { ...optional, description: 'household、entity、collective；空为三类合计（综合建档率）' }) kind!: string | null;
  @Field(() => CoverageFigure, { description: '应建档' }) registered!: CoverageFigure;
  @Field(() => CoverageFigure, { description: '不纳入' }) excluded!: CoverageFigure;
  @Field(() => CoverageFigure, { description: '已建档' }) filed!: CoverageFigure;
  @Field(() => CoverageFigure, { description: '已校核' }) verified!: CoverageFigure;
  @Field(() => CoverageFigure, { description: '在册而未建档或未校核' }) missing!: CoverageFigure;
  @Field(() => Int, { description: '应建档而尚未在册' }) notOnRecord!: number;
  @Field(() => Float, optional) rate!: number | null;
  @Field(() => Float, { description: '目标' }) goal!: number;
}

@ObjectType()
export class PhaseVillage {
  @Field(() => String) villageCode!: string;
  @Field(() => String) name!: string;
  @Field(() => Float, { ...optional, description: '综合建档率' }) rate!: number | null;
  @Field(() => Boolean) reached!: boolean;
}

@ObjectType({ description: '建设阶段的进展' })
export class PhaseProgressType {
  @Field(() => String) code!: string;
  @Field(() => String) zh!: string;
  @Field(() => Day) fromOn!: string;
  @Field(() => Day) toOn!: string;
  @Field(() => Float, { description: '综合建档率目标' }) goal!: number;
  @Field(() => Int, { description: '应达标的村数' }) needed!: number;
  @Field(() => Int, { description: '已达标的村数' }) reached!: number;
  @Field(() => [PhaseVillage]) villages!: readonly PhaseVillage[];
  @Field(() => String, { description: '依据' }) source!: string;
}

@ObjectType({ description: '一周末的进度' })
export class CoverageWeek {
  @Field(() => String, { description: 'ISO 周，如 2022-W48' }) isoWeek!: string;
  @Field(() => Day, { description: '截至' }) untilOn!: string;
  @Field(() => Int) registered!: number;
  @Field(() => Int) filed!: number;
  @Field(() => Int) verified!: number;
  @Field(() => Float, optional) rate!: number | null;
}

@ObjectType({ description: '建档看板' })
export class CoverageBoardType {
  @Field(() => String) under!: string;
  @Field(() => Day) on!: string;
  @Field(() => [CoverageBoardRow], { description: '本区划合计，分类和综合' }) total!: CoverageBoardRow[];
  @Field(() => [CoverageBoardRow], { description: '下一级：县看各乡镇，乡镇看各村' }) rows!: CoverageBoardRow[];
  @Field(() => [PhaseProgressType]) phases!: PhaseProgressType[];
  @Field(() => [CoverageWeek], { description: '每周进度，先前的在前' }) trend!: CoverageWeek[];
}

@ObjectType({ description: '一个主体的建档情况' })
export class CoverageSubject {
  @Field(() => ID) subjectId!: string;
  @Field(() => String, { description: '户编号或统一社会信用代码' }) subjectNo!: string;
  @Field(() => String) groupCode!: string;
  @Field(() => String, { ...optional, description: '户主（脱敏）或单位名称；无权查看档案的为空' }) name!: string | null;
  @Field(() => ID, optional) fileId!: string | null;
  @Field(() => String, { ...optional, description: '档案状态；空为未建档' }) fileState!: string | null;
  @Field(() => String, { ...optional, description: '不纳入的理由' }) exclusionReason!: string | null;
  @Field(() => Day, optional) excludedOn!: string | null;
}

@ObjectType()
export class CoverageSubjectPage {
  @Field(() => [CoverageSubject]) rows!: CoverageSubject[];
  @Field(() => String, optional) nextCursor!: string | null;
}

@ObjectType({ description: '登记过的应建档数' })
export class RegisterCountType {
  @Field(() => Day, { description: '数据日期' }) countedOn!: string;
  @Field(() => Int) count!: number;
  @Field(() => String) source!: string;
  @Field(() => Instant) recordedAt!: Date;
}

@ObjectType({ description: '一次不纳入' })
export class ExclusionType {
  @Field(() => ID) exclusionId!: string;
  @Field(() => String, { description: '理由' }) reasonCode!: string;
  @Field(() => String, { description: '理由的中文名' }) zh!: string;
  @Field(() => String) excludedBy!: string;
  @Field(() => Day) excludedOn!: string;
  @Field(() => String, optional) liftedBy!: string | null;
  @Field(() => Day, optional) liftedOn!: string | null;
}

@ObjectType({ description: '计数与档案不符之处：应当补上的差数' })
export class CoverageDriftType {
  @Field(() => String) villageCode!: string;
  @Field(() => String) subjectKind!: string;
  @Field(() => Int) subjects!: number;
  @Field(() => Int) excluded!: number;
  @Field(() => Int) filed!: number;
  @Field(() => Int) verified!: number;
}

@InputType()
export class SetRegisterArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) villageCode!: string;
  @Field(() => String, { description: 'household、entity、collective' }) subjectKind!: 'household' | 'entity' | 'collective';
  @Field(() => Int, { description: '应建档数' }) count!: number;
  @Field(() => String, { description: '数据来源' }) source!: string;
  @Field(() => Day, { ...optional, description: '数据日期；不填为今天' }) countedOn?: string | null;
}

@InputType()
export class ExcludeSubjectArgs {
  @Field(() => String) requestId!: string;
  @Field(() => ID) subjectId!: string;
  @Field(() => String, { ...optional, description: '不纳入的理由，规则数据 programme.yaml 中的代码；空为恢复纳入' }) reason?: string | null;
}

@InputType()
export class RecountCoverageArgs {
  @Field(() => String) requestId!: string;
  @Field(() => String) under!: string;
}

@ObjectType({ description: '登记回执' })
export class RegisterReceipt {
  @Field(() => String, optional) villageCode?: string;
  @Field(() => ID, optional) subjectId?: string;
  @Field(() => Int, optional) count?: number;
  @Field(() => Day, optional) countedOn?: string;
}

@ObjectType()
export class RecountReceipt {
  @Field(() => Int, { description: '补正的村和类别数' }) corrected!: number;
}
