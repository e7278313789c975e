export * from './machine';
export * from './machines';
