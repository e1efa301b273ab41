/**
 * One-sided exact p of Fisher's test (Journal of the Royal Statistical Society 85, 1922): the chance of at least `hits`
 * of `trials` here, if the `hits + otherHits` had fallen on all trials of both sides alike.
 */
export function fisherP(
  { hits, trials }: { readonly hits: number; readonly trials: number },
  { hits: otherHits, trials: otherTrials }: { readonly hits: number; readonly trials: number },
): number {
  const all = hits + otherHits;
  const total = logChoose(trials + otherTrials, all);
  let p = 0;
  for (let here = hits; here <= Math.min(trials, all); here += 1) {
    if (all - here > otherTrials) continue;
    p += Math.exp(logChoose(trials, here) + logChoose(otherTrials, all - here) - total);
  }
  return Math.min(1, p);
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i += 1) sum += Math.log((n - k + i) / i);
  return sum;
}
