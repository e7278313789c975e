export * from './verdict';
export * from './resident-id';
export * from './credit-code';
export * from './divisions';
export * from './masking';
