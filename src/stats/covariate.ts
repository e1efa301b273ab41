/** One trial: y is the log of the compared figure, x that of the covariate. */
export interface CovariatePoint {
  readonly block: number;
  readonly configuration: string;
  readonly x: number;
  readonly y: number;
}

export interface Slope {
  readonly slope: number;
  /** Variance of the slope's estimate. */
  readonly variance: number;
  /** Degrees of freedom of the fit. */
  readonly freedom: number;
  /** Of y and x within configurations and blocks: its square is the share of the variance that the slope removes. */
  readonly correlation: number;
}

/** With fewer, a slope is a guess. */
const leastFreedom = 3;
const mostSweeps = 50;

/**
 * Fits the slope of y on x within configurations and blocks, pooled over all of them: the analysis of covariance of a
 * randomised block design (Cox & McCullagh, Biometrics 38, 1982). Block and configuration means are removed from both
 * by sweeping, which also works with missing cells. Undefined if x does not vary, or with fewer than three degrees of
 * freedom.
 */
export function fitSlope(points: readonly CovariatePoint[]): Slope | undefined {
  const blocks = new Set(points.map((point) => point.block)).size;
  const configurations = new Set(points.map((point) => point.configuration)).size;
  const freedom = points.length - blocks - configurations + 1 - 1;
  if (freedom < leastFreedom) return undefined;
  const x = residuals(points, (point) => point.x);
  const y = residuals(points, (point) => point.y);
  const xx = x.reduce((sum, value) => sum + value ** 2, 0);
  if (xx < 1e-12 * points.length) return undefined;
  const slope = x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0) / xx;
  const rest = y.reduce((sum, value, index) => sum + (value - slope * (x[index] ?? 0)) ** 2, 0);
  const yy = y.reduce((sum, value) => sum + value ** 2, 0);
  const correlation = yy === 0 ? 0 : slope * Math.sqrt(xx / yy);
  return { slope, variance: rest / freedom / xx, freedom, correlation };
}

/** A figure minus the means of its block and of its configuration. */
function residuals(
  points: readonly CovariatePoint[],
  figure: (point: CovariatePoint) => number,
): number[] {
  let values = points.map(figure);
  for (let sweep = 0; sweep < mostSweeps; sweep += 1) {
    const before = values;
    values = withoutMeans(
      withoutMeans(values, (index) => points[index]?.block),
      (index) => points[index]?.configuration,
    );
    if (values.every((value, index) => Math.abs(value - (before[index] ?? 0)) < 1e-12)) break;
  }
  return values;
}

function withoutMeans(
  values: readonly number[],
  groupOf: (index: number) => string | number | undefined,
): number[] {
  const groups = new Map<string | number | undefined, { sum: number; count: number }>();
  for (const [index, value] of values.entries()) {
    const group = groups.get(groupOf(index)) ?? { sum: 0, count: 0 };
    groups.set(groupOf(index), { sum: group.sum + value, count: group.count + 1 });
  }
  return values.map((value, index) => {
    const group = groups.get(groupOf(index));
    return group === undefined ? value : value - group.sum / group.count;
  });
}
