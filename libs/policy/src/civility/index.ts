export * from './item-list';
export * from './marks';
export * from './civility-score';
export * from './finality';
