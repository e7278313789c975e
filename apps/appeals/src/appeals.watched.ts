import type { Duty } from '@credit/platform';

/** 异议复议的法定事项 */
export const duties: readonly Duty[] = [
  { duty: 'answer-objection', zh: '答复异议（复议）', clause: '三(三)3', open: "SELECT answer_due_on FROM reconsideration WHERE state IN ('admitted', 'panel-convened')" },
];
