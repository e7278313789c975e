export * from './calendar';
export * from './terms';
