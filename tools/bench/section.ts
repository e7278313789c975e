/** 一项指标 as it was seen. */
export interface Figure {
  readonly figure: string;
  readonly value: string;
  /** What was asked for; null where nothing was. */
  readonly target: string | null;
  readonly met: boolean;
}

/** Sizes that may be asked for on the command line, by name. */
export type Sizes = Readonly<Record<string, number | undefined>>;

/** 一组指标 — what `npm run bench -- <name>` measures. */
export interface Section {
  readonly name: string;
  readonly what: string;
  run(sizes: Sizes): Promise<readonly Figure[]>;
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
}
