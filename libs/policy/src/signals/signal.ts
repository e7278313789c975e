/** 信号种类, in the order they are shown. */
export const signalKinds = ['scorer-bias', 'zero-variance', 'identical-sheets', 'mutual-favour', 'group-far'] as const;
export type SignalKind = (typeof signalKinds)[number];

/** 数字 behind a signal and what people call them; names ending in `Hundredths` are points, deviations or percent. */
export const signalFigures = {
  households: '户数',
  marks: '所评户数',
  meanHundredths: '平均分',
  otherMarks: '其余评分数',
  otherMeanHundredths: '其余平均分',
  differenceHundredths: '相差',
  scoreHundredths: '得分',
  identical: '相同评分表数',
  shareHundredths: '所占百分比',
  firstScoreHundredths: '第一户得分',
  firstGroupMeanHundredths: '第一户所在组平均分',
  secondScoreHundredths: '第二户得分',
  secondGroupMeanHundredths: '第二户所在组平均分',
  villageMeanHundredths: '全村平均分',
  deviationHundredths: '全村标准差',
  standardisedHundredths: '标准化差异',
  limit: '界限',
  limitHundredths: '界限',
} as const;
export type SignalFigure = keyof typeof signalFigures;

/** 监督信号 — something that a supervisor should look at, with the numbers behind it; it proves nothing and changes nothing. 三(三) */
export interface Signal {
  readonly kind: SignalKind;
  readonly groupCode: string;
  /** Empty when the figures are about the group as a whole. */
  readonly householdIds: readonly string[];
  readonly memberIds: readonly string[];
  readonly figures: Readonly<Partial<Record<SignalFigure, number>>>;
  readonly sentence: string;
}

/** 一名到会成员 and the household that is their own, where it is known. */
export interface Attendant {
  readonly memberId: string;
  readonly householdId: string | null;
}

/** 一户的评分 as a signal looks at it. */
export interface SignalSheet {
  readonly householdId: string;
  readonly hundredths: number;
  readonly vetoed: boolean;
  /** The same text for the same lines in whatever order. */
  readonly digest: string;
  /** Those present who withdrew from this household. */
  readonly withdrawn: readonly string[];
  /** 个人评分 where each member marked alone; absent where the group agreed on one table. */
  readonly marks?: readonly { readonly memberId: string; readonly hundredths: number }[];
}

export interface SignalGroup {
  readonly groupCode: string;
  readonly present: readonly Attendant[];
  readonly sheets: readonly SignalSheet[];
}

/** Integers as they are, hundredths with two places: `8325` is `83.25`. */
export function figureText(name: SignalFigure, value: number): string {
  return name.endsWith('Hundredths') ? pointsText(value) : String(value);
}

export function pointsText(hundredths: number): string {
  const size = Math.abs(hundredths);
  return `${hundredths < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
}
