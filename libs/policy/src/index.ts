export * from './errors';
export * from './days';
export * from './terms';
export * from './identifiers';
export * from './civility';
export * from './grades';
export * from './bodies';
export * from './machines';
