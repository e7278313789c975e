const precision = 1e-6;

/** P(X ≤ k) for n draws that are each wrong with probability p, in logarithms so that large samples do not underflow. */
function atMost(k: number, n: number, p: number): number {
  if (p <= 0) return 1;
  if (p >= 1) return k >= n ? 1 : 0;
  let term = n * Math.log1p(-p);
  let sum = Math.exp(term);
  for (let i = 1; i <= k; i += 1) {
    term += Math.log((n - i + 1) / i) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(term);
  }
  return Math.min(1, sum);
}

/**
 * 误差上限 — the exact one-sided upper bound (Clopper–Pearson) of the share of wrong files: with this confidence the batch has no
 * larger share than that. Without a sample nothing is known: 1. 三(五)
 */
export function upperErrorBound(checked: number, wrong: number, confidence: number): number {
  if (checked === 0 || wrong >= checked) return 1;
  let [low, high] = [wrong / checked, 1];
  while (high - low > precision) {
    const middle = (low + high) / 2;
    if (atMost(wrong, checked, middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}
