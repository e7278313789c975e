import type { Duty } from '@credit/platform';

/** 信用等级评定的法定事项 */
export const duties: readonly Duty[] = [
  { duty: 'decide-human-review', zh: '人工复核', clause: '个人信息保护法 24', open: 'SELECT due_on FROM human_review WHERE outcome IS NULL' },
  { duty: 'certify-list', zh: '公示期满后评定', clause: '三(六)3', open: 'SELECT last_day FROM village_list WHERE certified_at IS NULL AND posted_on IS NOT NULL' },
  {
    duty: 'renew-rating',
    zh: '到期续评',
    clause: '三(六)4',
    open: "SELECT r.last_day FROM rating r WHERE r.state = 'certified' AND r.last_day >= platform.today() AND EXISTS (SELECT 1 FROM renewal_notice n WHERE n.rating_id = r.rating_id)",
  },
  { duty: 'decide-regrade', zh: '决定等级动态调整', clause: '三(八)3', open: 'SELECT NULL::date FROM regrade WHERE outcome IS NULL' },
  { duty: 'settle-recheck', zh: '办理复核记录', clause: '三(八)3', open: 'SELECT NULL::date FROM recheck WHERE settled_on IS NULL' },
  { duty: 'decide-repair', zh: '办理信用修复', clause: '三(八)3', open: "SELECT NULL::date FROM repair WHERE state IN ('applied', 'village-checked', 'published', 'review')" },
  { duty: 'decide-village-change', zh: '决定信用村降级或撤销', clause: '三(六)', open: 'SELECT NULL::date FROM village_change WHERE outcome IS NULL' },
];
