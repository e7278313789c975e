export * from './load-rules';
export * from './rule-file';
export type { ItemRule } from './shapes';
