export * from './fraction';
export * from './scorecard';
export * from './facts';
export * from './written-fact';
export * from './evaluate';
export * from './check-facts';
export * from './check-scorecard';
export * from './rate';
