export * from './objection-window';
