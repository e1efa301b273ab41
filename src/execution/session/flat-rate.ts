import { meanWithInterval } from '../../stats/mean-with-interval.js';

/** A trial that only warms its driver, in the order in which they ran. */
export interface WarmingTrial {
  /** The configuration's id. */
  readonly configuration: string;
  /** Null if it measured nothing. */
  readonly rowsPerSecond: number | null;
}

/** Fewer say too little about their own spread. */
export const leastGains = 3;
/** A mean gain above this is growth, however wide its interval. */
const most = 0.03;

/**
 * Whether a driver's rate has become flat: so many latest gains of a configuration's trial on the one before it have a 95 %
 * interval that reaches down to no gain, and their mean is small. What the next trial gains on a driver's first says
 * nothing: that one starts the JVM, too.
 */
export function isFlat(trials: readonly WarmingTrial[], latest = leastGains): boolean {
  const recent = gains(trials.slice(1)).slice(-latest);
  if (recent.length < latest) return false;
  const gain = meanWithInterval(recent, 0.05);
  return gain !== undefined && gain.low <= 0 && gain.mean <= most;
}

/** The logarithm of each rate's ratio to the one before of the same configuration. */
function gains(trials: readonly WarmingTrial[]): number[] {
  const before = new Map<string, number>();
  return trials.flatMap(({ configuration, rowsPerSecond }) => {
    if (rowsPerSecond === null) return [];
    const last = before.get(configuration);
    before.set(configuration, rowsPerSecond);
    return last === undefined ? [] : [Math.log(rowsPerSecond / last)];
  });
}
