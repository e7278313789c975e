import { machine } from '@credit/policy';

export const checkResults = ['met', 'partly-met', 'not-met'] as const;
/** 核查结果 */
export type CheckResult = (typeof checkResults)[number];
/** 整改提升的状态 — what was found at the last check, as long as nothing new was agreed since. */
export type ImprovementState = 'under-way' | CheckResult | 'ended';
export type ImprovementCommand = 'change' | 'find-met' | 'find-partly-met' | 'find-not-met' | 'end';

/** 整改提升 — what was met is done with; what was not goes on when new measures and another check are agreed. */
export const improvementMachine = machine<ImprovementState, ImprovementCommand>('improvement', 'under-way', {
  'under-way': { change: 'under-way', 'find-met': 'met', 'find-partly-met': 'partly-met', 'find-not-met': 'not-met', end: 'ended' },
  'partly-met': { change: 'under-way', end: 'ended' },
  'not-met': { change: 'under-way', end: 'ended' },
  met: {},
  ended: {},
});
