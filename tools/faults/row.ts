import type { Verdict } from './oracle';
import type { Town, TownNeeds } from './town';

/** 一行故障 as it went. */
export interface Outcome {
  /** What was done, how often. */
  readonly injected: string;
  readonly acknowledged: number;
  /** Longest time until requests were served, or everything was caught up again; null where nothing had to recover. */
  readonly recoveredSeconds: number | null;
  readonly verdicts: readonly Verdict[];
}

/** How much of each fault: a short form for every test run, more by hand. */
export type Length = 'short' | 'usual' | 'long';

export interface Row {
  readonly no: number;
  readonly what: string;
  /** Rows that need nothing special may share a town. */
  readonly needs?: TownNeeds;
  run(town: Town, length: Length): Promise<Outcome>;
}
