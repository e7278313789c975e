import type { Duty } from '@credit/platform';
import { checkDaysWaiting } from './improvements/improvement-alarm.store';

/** 乡风文明评议的法定事项 */
export const duties: readonly Duty[] = [
  {
    duty: 'answer-finding',
    zh: '答复监督发现',
    clause: '三(三)2',
    open: `SELECT f.answer_due_on FROM finding f WHERE f.settled_on IS NULL AND f.answer_due_on IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM finding_answer a WHERE a.finding_id = f.id AND a.returned_on IS NULL)`,
  },
  { duty: 'check-improvement', zh: '核查整改提升', clause: '三(三)', open: checkDaysWaiting },
  { duty: 'finish-round-step', zh: '评议工作方案步骤', clause: '三(三)', open: 'SELECT due_on FROM round_step WHERE done_on IS NULL AND dropped_on IS NULL' },
  { duty: 'decide-correction', zh: '审批得分更正', clause: '三(三)3', open: 'SELECT NULL::date FROM correction WHERE approved IS NULL' },
];
