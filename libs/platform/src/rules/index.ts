export * from './load-rules';
export * from './rule-file';
export type { ItemRule, PurposeVersion } from './shapes';
