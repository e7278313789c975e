import { compare, type Fraction, thresholdOf } from './fraction';
import type { Band } from './scorecard';

interface Edge {
  readonly at: Fraction;
  /** Whether the edge itself remains. */
  readonly inclusive: boolean;
}

/** What earlier bands leave over: of the numbers always one interval, because every band takes one side of its edge. */
export class Remaining {
  private readonly taken = new Set<string>();
  private low: Edge | undefined;
  private high: Edge | undefined;
  private restTaken = false;

  /** `codes` are all that the indicator's item can be, when that is known. */
  constructor(private readonly codes: readonly string[] | undefined) {}

  /** Takes what the band matches; answers whether anything was left for it. */
  take(band: Band): boolean {
    if (this.restTaken && band.state === undefined) return false;
    if (band.state !== undefined) return this.takeName(`state ${band.state}`);
    if (band.is !== undefined) return this.takeName(`code ${band.is}`);
    if (band.atLeast !== undefined) return this.takeAbove({ at: thresholdOf(band.atLeast), inclusive: true });
    if (band.above !== undefined) return this.takeAbove({ at: thresholdOf(band.above), inclusive: false });
    if (band.atMost !== undefined) return this.takeBelow({ at: thresholdOf(band.atMost), inclusive: true });
    if (band.below !== undefined) return this.takeBelow({ at: thresholdOf(band.below), inclusive: false });
    this.restTaken = true;
    return this.codes ? this.codes.some((code) => !this.taken.has(`code ${code}`)) : !this.noNumberLeft();
  }

  private takeName(name: string): boolean {
    if (this.taken.has(name)) return false;
    this.taken.add(name);
    return true;
  }

  private takeAbove(edge: Edge): boolean {
    if (this.noNumberLeft() || (this.high && !reaches(this.high, edge))) return false;
    this.high = { at: edge.at, inclusive: !edge.inclusive };
    return true;
  }

  private takeBelow(edge: Edge): boolean {
    if (this.noNumberLeft() || (this.low && !reaches(edge, this.low))) return false;
    this.low = { at: edge.at, inclusive: !edge.inclusive };
    return true;
  }

  private noNumberLeft(): boolean {
    return this.low !== undefined && this.high !== undefined && !reaches(this.high, this.low);
  }
}

/** Whether numbers up to the upper edge and from the lower edge on have one in common. */
function reaches(upper: Edge, lower: Edge): boolean {
  const comparison = compare(upper.at, lower.at);
  return comparison > 0 || (comparison === 0 && upper.inclusive && lower.inclusive);
}
