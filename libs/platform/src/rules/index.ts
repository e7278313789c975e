export * from './dated-rules';
export * from './load-rules';
export * from './rule-file';
export * from './scorecard-text';
export type { ItemRule, PurposeVersion } from './shapes';
