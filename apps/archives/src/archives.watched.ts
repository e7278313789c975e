import type { Backlog, Duty } from '@credit/platform';

/** 信用档案的法定事项 */
export const duties: readonly Duty[] = [
  { duty: 'answer-need', zh: '回应急难愁盼诉求', clause: '三(二)', open: 'SELECT due_on FROM need WHERE answered_on IS NULL' },
  { duty: 'answer-correction', zh: '答复更正请求', clause: '征信业管理条例 25', open: 'SELECT NULL::date FROM correction_request WHERE outcome IS NULL AND ended_on IS NULL' },
  { duty: 'decide-erasure', zh: '决定删除请求', clause: '个人信息保护法 47、50', open: 'SELECT answer_due_on FROM erasure_request WHERE outcome IS NULL' },
  { duty: 'collect', zh: '采集任务', clause: '三(四)', open: "SELECT due_on FROM collection_task WHERE state = 'open'" },
  { duty: 'finish-work-item', zh: '工作清单事项', clause: '三(一)、三(二)', open: "SELECT due_on FROM work_item WHERE state = 'open'" },
  { duty: 'confirm-household-event', zh: '镇级确认家庭变动', clause: '三(四)', open: 'SELECT NULL::date FROM household_event e WHERE e.needs_confirmation AND NOT EXISTS (SELECT 1 FROM household_event_decision d WHERE d.event_id = e.event_id)' },
];

/** 等待系统处理 */
export const backlogs: readonly Backlog[] = [
  { work: 'search-index', zh: '待更新检索的农户', rows: 'SELECT 1 FROM search_due' },
  { work: 'likeness-index', zh: '待比对重复的农户', rows: 'SELECT 1 FROM likeness_due' },
];
