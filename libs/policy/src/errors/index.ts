export * from './policy-error';
