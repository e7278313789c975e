import type { Backlog, Duty } from '@credit/platform';

/** 公示告知的法定事项 */
export const duties: readonly Duty[] = [
  { duty: 'post-publication', zh: '张贴公示', clause: '三(三)3', open: "SELECT NULL::date FROM publication WHERE state IN ('draft', 'suspended')" },
  { duty: 'close-publication', zh: '公示期满办结', clause: '三(三)3', open: "SELECT last_day FROM publication WHERE state = 'posted'" },
  { duty: 'tell-subject', zh: '告知当事人', clause: '三(三)3', open: "SELECT NULL::date FROM notification WHERE state = 'open' AND subject_id IS NOT NULL" },
];

/** 等待系统处理 */
export const backlogs: readonly Backlog[] = [
  { work: 'unrung-deadlines', zh: '已过未响的期限', rows: 'SELECT 1 FROM alarm WHERE rung_at IS NULL AND last_day < platform.today()' },
  { work: 'messages-to-send', zh: '待发的短信等通知', rows: 'SELECT 1 FROM webhook_delivery WHERE ended_at IS NULL' },
];
