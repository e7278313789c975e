export * from './plain-date';
export * from './natural-day-window';
