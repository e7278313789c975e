import type { ProblemRow } from './row';

export const ratingProblems = {
  'scorecard.none-in-force': { status: 409, title: '评级日没有已批准生效的评分卡，请先由县联席会议办公室批准' },
  'scorecard.same-person': { status: 403, title: '评分卡的拟定人不能自己批准，请由另一位负责人批准' },
  'scorecard.known': { status: 409, title: '这个版本的评分卡已经登记' },
  'scorecard.invalid': { status: 422, title: '评分卡不符合要求，请按提示逐项改正' },
  'scorecard.not-tried': { status: 409, title: '替换现行评分卡前须先试算，请完成试算后再批准' },
  'scorecard.retroactive': { status: 409, title: '评分卡不能倒溯生效：生效日须为今天或以后' },
  'scorecard.not-for-trial': { status: 409, title: '信用村评分卡不作试算' },
  'run.scope-busy': { status: 409, title: '这个范围已有尚未确认的评级批次，请先确认或取消' },
  'run.not-computed': { status: 409, title: '评级尚未算完，完成后才能确认' },
  'run.no-villages': { status: 409, title: '这个范围内没有可评级的行政村' },
  'list.still-published': { status: 409, title: '名单公示尚未期满，期满后才能评定' },
  'review.open': { status: 409, title: '这次评级已有一件人工复核尚未办结' },
  'review.past': { status: 409, title: '这次评级已被新的评级代替，请对现行评级申请复核' },
  'review.decided': { status: 409, title: '这件人工复核已有结论' },
  'review.same-person': { status: 403, title: '人工复核须由批次确认人以外的人办理' },
  'review.certified': { status: 409, title: '已发证的评级不能直接重新测评，请按动态调整办理' },
  'inputs.erased': { status: 410, title: '该主体的资料已依法删除，无法重算' },
} satisfies Record<string, ProblemRow>;
