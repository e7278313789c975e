export * from './read';
export * from './identity';
export * from './archives';
export * from './civility';
export * from './publicity';
export * from './appeals';
export * from './rating';
export * from './shared';
