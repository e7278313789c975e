export * from './fraction';
export * from './scorecard';
export * from './facts';
export * from './evaluate';
export * from './check-scorecard';
export * from './rate';
