import type { Backlog } from '@credit/platform';

/** 等待系统处理: what has not reached the province yet. */
export const backlogs: readonly Backlog[] = [
  { work: 'province-batches', zh: '未办结的省平台批次', rows: "SELECT 1 FROM province_batch WHERE state = 'open'" },
  { work: 'province-records', zh: '待上报的档案变更', rows: 'SELECT 1 FROM province_record WHERE accepted_seq IS DISTINCT FROM seq AND rejected_seq IS DISTINCT FROM seq' },
];
