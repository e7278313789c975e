import { figureText, type Signal, type SignalFigure, signalFigures } from '@credit/policy';
import type { SignalType } from './signal.types';

const names = Object.keys(signalFigures) as SignalFigure[];

/** A signal for people to read, its figures in a fixed order with their Chinese names. */
export function shownSignal({ kind, groupCode, householdIds, memberIds, figures, sentence }: Signal): SignalType {
  const rows = names.flatMap((name) => {
    const value = figures[name];
    return value === undefined ? [] : [{ name, zh: signalFigures[name], value: figureText(name, value) }];
  });
  return { kind, groupCode, householdIds, memberIds, figures: rows, sentence };
}
