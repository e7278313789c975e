/** 计数与合计 of whole numbers: exact as long as a village has fewer than a million households. */
export interface Tally {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

export function tallyOf(values: readonly number[]): Tally {
  return { count: values.length, sum: values.reduce((sum, one) => sum + one, 0), squares: values.reduce((sum, one) => sum + one * one, 0) };
}

export function without(all: Tally, part: Tally): Tally {
  return { count: all.count - part.count, sum: all.sum - part.sum, squares: all.squares - part.squares };
}

/** Half up, for people to read; decisions compare `difference`. */
export function mean({ count, sum }: Tally): number {
  return Math.floor((2 * sum + count) / (2 * count));
}

/** The difference of two means towards zero: it reaches a whole limit exactly when the true difference does. */
export function difference(a: Tally, b: Tally): number {
  return Math.trunc((a.sum * b.count - b.sum * a.count) / (a.count * b.count));
}

/** The standard deviation of all, downwards. */
export function deviation({ count, sum, squares }: Tally): number {
  return Number(root((BigInt(count) * BigInt(squares) - BigInt(sum) ** 2n) / BigInt(count) ** 2n));
}

/** How many hundredths of the whole's standard deviation the part's mean lies off, towards zero; 0 when all are alike. */
export function standardised(part: Tally, all: Tally): number {
  const [n, k] = [BigInt(all.count), BigInt(part.count)];
  const off = n * BigInt(part.sum) - k * BigInt(all.sum);
  const spread = n * BigInt(all.squares) - BigInt(all.sum) ** 2n;
  if (spread === 0n) return 0;
  const size = Number(root((off * off * 10_000n) / (k * k * spread)));
  return off < 0n ? -size : size;
}

/** The whole square root, downwards, by Newton's steps. */
function root(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (guess + value / guess) / 2n;
    if (next >= guess) return guess;
    guess = next;
  }
}
