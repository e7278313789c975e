import type { Mark } from './marks';

/** 个人评议表 — what one member marks for one household. */
export interface IndividualSheet {
  readonly memberId: string;
  readonly marks: readonly Mark[];
}

/** The lower of the two in the middle, so that half of those for an item gave no less. */
function lowerMedian(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];
}

/**
 * 多数评定 — an item counts when more than half of those who decide marked it; a tie does not. Marked more than once, its
 * k-th time counts when more than half marked it k times. Points given are the lower median of those for it; the evidence is
 * that of the first of them by id. Whoever does not decide, does not count. 三(三)3 [D]
 */
export function agreedMarks(sheets: readonly IndividualSheet[], deciding: readonly string[]): Mark[] {
  const counted = sheets.filter(({ memberId }) => deciding.includes(memberId)).toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1));
  const codes = [...new Set(counted.flatMap(({ marks }) => marks.map(({ itemCode }) => itemCode)))].toSorted();
  return codes.flatMap((code) => {
    const timesBy = counted.map(({ marks }) => marks.filter(({ itemCode }) => itemCode === code));
    const agreed: Mark[] = [];
    for (let time = 0; ; time += 1) {
      const forIt = timesBy.flatMap((marks) => marks[time] ?? []);
      const [first] = forIt;
      if (!first || forIt.length * 2 <= deciding.length) return agreed;
      const points = lowerMedian(forIt.flatMap(({ pointsHundredths }) => pointsHundredths ?? []));
      agreed.push(points === undefined ? first : { ...first, pointsHundredths: points });
    }
  });
}
