export * from './agreed-marks';
export * from './item-list';
export * from './list-changes';
export * from './marks';
export * from './civility-score';
export * from './finality';
