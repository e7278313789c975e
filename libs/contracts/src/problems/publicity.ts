import type { ProblemRow } from './row';

export const publicityProblems = {
  'term.too-short': { status: 400, title: '公示天数少于规定的最少天数，请改为规定天数或更长' },
  'term.fixed': { status: 400, title: '这类公示的天数是固定的，不能另定天数' },
  'publication.no-content': { status: 409, title: '没有可以公示的内容，请先在原业务中核对后再申请公示' },
  'publication.no-places': { status: 409, title: '没有可以张贴的公示处，请先在档案中登记村民组' },
  'publication.already-posted': { status: 409, title: '这一处已登记张贴，请刷新后查看' },
  'publication.posting-day': { status: 400, title: '张贴日期有误，请按实际张贴日期填写' },
  'publication.not-posted': { status: 409, title: '公示尚未全部张贴，暂不能这样办理' },
  'publication.over': { status: 409, title: '公示期已满，不能再变更；对内容有异议的请按异议程序办理' },
  'publication.not-missing': { status: 400, title: '缺失日期有误，缺失须发生在公示期内，且不晚于重新张贴之日' },
  'publication.taken-down': { status: 410, title: '公示已结束或已撤回，名单已撤下' },
  'notification.settled': { status: 409, title: '这一户已办结告知，不需要再登记' },
  'notification.channel': { status: 400, title: '这种告知渠道不由您登记，请改选渠道' },
  'notification.tried-too-little': { status: 409, title: '尝试告知的渠道或次数还不够，暂不能记为无法告知' },
  'notification.broadcast-day': { status: 400, title: '播放或发送日期须在公示期内，且不晚于今天，请核对' },
  'slip.too-long': { status: 422, title: '这一户的告知内容一张告知单写不下，请精简告知用语后再打印' },
  'receipt.unsigned': { status: 401, title: '回执的签名缺失、有误或已过时，请按约定的密钥重新签名后发送' },
  'deadline.unknown-owner': { status: 400, title: '没有这个期限来源，请核对服务名称' },
  'clock.backwards': { status: 400, title: '演示时钟只能向前拨，请填写更晚的时刻' },
  'clock.busy': { status: 409, title: '演示时钟正在拨动，请等它完成' },
  'clock.not-quiet': { status: 503, title: '有服务在限定时间内没有办完，时钟停在当前午夜，可稍后继续拨动' },
} satisfies Record<string, ProblemRow>;
