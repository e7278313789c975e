export * from './services';
export * from './shapes';
export * from './events';
export * from './problems';
export * from './reads';
export * from './collection-sheet';
