import tQuantile from '@stdlib/stats-base-dists-t-quantile';

const power = 0.8;
/** Steps of the integral over the spread of the estimated standard deviation; more change nothing in four digits. */
const steps = 1_000;
const found = new Map<string, number>();

/**
 * How many standard errors a true mean must lie from zero for a two-sided t test at `alpha` to find it in 80 % of
 * repetitions: the noncentrality of the t distribution (Johnson & Welch, Biometrika 31, 1940). The usual shortcut
 * t_{1−α/2} + t_{.8} is too small for few blocks and a small alpha. Remembered, since a run asks for few of them.
 */
export function detectableStandardErrors(freedom: number, alpha: number): number {
  const key = `${String(freedom)} ${String(alpha)}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const critical = tQuantile(1 - alpha / 2, freedom);
  let [low, high] = [0, 2 * critical + 4];
  while (powerAt(high, critical, freedom) < power) high *= 2;
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (powerAt(middle, critical, freedom) < power) low = middle;
    else high = middle;
  }
  found.set(key, high);
  return high;
}

/** P(|T| > critical) for a noncentral t: averaged over s, the ratio of the estimated to the true sd. */
function powerAt(noncentrality: number, critical: number, freedom: number): number {
  const most = 1 + 8 / Math.sqrt(2 * freedom);
  let [weights, sum] = [0, 0];
  for (let step = 0; step < steps; step += 1) {
    const s = (most * (step + 0.5)) / steps;
    const weight = Math.exp((freedom - 1) * Math.log(s) - (freedom * (s * s - 1)) / 2);
    weights += weight;
    sum +=
      weight * (normalCdf(noncentrality - critical * s) + normalCdf(-noncentrality - critical * s));
  }
  return sum / weights;
}

/** The standard normal distribution function (Marsaglia, "Evaluating the Normal Distribution", Journal of Statistical Software 11(4), 2004). */
export function normalCdf(x: number): number {
  if (Math.abs(x) > 8) return x < 0 ? 0 : 1;
  let [sum, term] = [x, x];
  for (let odd = 3; sum + term !== sum; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** So many degrees of freedom that t is normal. */
const normal = 1e6;

/**
 * How many blocks a paired t test at α needs to find a true change with 80 % power, if the noise is this sd of paired log
 * differences: the normal formula with Guenther's correction for few blocks (The American Statistician 35, 1981). At least
 * two.
 */
export function blocksToDetect(
  change: number,
  { sd, alpha }: { readonly sd: number; readonly alpha: number },
): number {
  const [sure, power] = [tQuantile(1 - alpha / 2, normal), tQuantile(0.8, normal)];
  const blocks = ((sure + power) * (sd / Math.log1p(change))) ** 2 + sure ** 2 / 2;
  return Math.max(2, Math.ceil(blocks));
}
