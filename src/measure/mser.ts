import type { QueryProgress } from '../model/trial/query-progress.js';

/** Batches per observation. */
const group = 5;

/**
 * A lower bound for the warm-up by MSER-5 (White, Cobb & Spratt, Winter Simulation Conference 2000): the cut, in the
 * first half only, that minimises the standard error of the rest, over means of five batches' milliseconds per row. The
 * resolution is five batches, so this is the start of the last five that it cuts, in seconds after the first batch
 * began; 0 with too few batches. A diagnostic, never the rule.
 */
export function warmsBeyondSeconds(batches: readonly QueryProgress[]): number {
  const groups = Math.floor(batches.length / group);
  const first = batches[0];
  if (first === undefined || groups < 3) return 0;
  const means = Array.from({ length: groups }, (_, index) =>
    mean(batches.slice(index * group, (index + 1) * group).map(msPerRow)),
  );
  const errors = errorsOfRests(means);
  let best = { cut: 0, error: Infinity };
  for (let cut = 0; cut <= groups / 2; cut += 1) {
    const error = errors[cut] ?? Infinity;
    if (error < best.error) best = { cut, error };
  }
  const batch = batches[(best.cut - 1) * group];
  return batch === undefined ? 0 : (batch.startedAt - first.startedAt) / 1_000;
}

/** For each place, the squared standard error of the values from there on, by Welford's update from the last one. */
function errorsOfRests(values: readonly number[]): number[] {
  const errors: number[] = [];
  let middle = 0;
  let squares = 0;
  for (const [count, value] of [...values].reverse().entries()) {
    const apart = value - middle;
    middle += apart / (count + 1);
    squares += apart * (value - middle);
    errors.push(squares / (count + 1) ** 2);
  }
  return errors.reverse();
}

function msPerRow(batch: QueryProgress): number {
  return (batch.durationMs['triggerExecution'] ?? 0) / batch.numInputRows;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
