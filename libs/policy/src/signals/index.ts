export { figureText, signalFigures, signalKinds } from './signal';
export type { Attendant, Signal, SignalFigure, SignalGroup, SignalKind, SignalSheet } from './signal';
export * from './signal-limits';
export * from './supervision-signals';
