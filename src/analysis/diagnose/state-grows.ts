import type { Symptom } from '../../model/log/diagnosis.js';
import type { QueryProgress } from '../../model/trial/query-progress.js';
import { meanWithInterval } from '../../stats/mean-with-interval.js';
import { total, type Evidence } from './evidence.js';

const segments = 10;
const batchesPerSegment = 3;
const grownBy = 0.05;
const hourMs = 3_600_000;

/**
 * Whether the rows of state grow without end: the mean slope of ten equal stretches of the log, with a t interval over
 * them, lies above zero, and what that adds up to is more than a twentieth of the state. Batches that follow each other
 * are alike, so a regression over all of them would be far too sure.
 */
export function stateGrows({ query, counted }: Evidence): Symptom | undefined {
  const { state } = query;
  const length = Math.floor(counted.length / segments);
  if (state === null || length < batchesPerSegment) return undefined;
  const slopes = Array.from({ length: segments }, (_, at) =>
    slopeOf(counted.slice(at * length, (at + 1) * length)),
  ).filter((slope) => slope !== undefined);
  const estimate = slopes.length < segments ? undefined : meanWithInterval(slopes, 0.05);
  const [first] = counted;
  const last = counted.at(-1);
  if (estimate === undefined || first === undefined || last === undefined) return undefined;
  const hours = (last.startedAt - first.startedAt) / hourMs;
  if (estimate.low <= 0 || estimate.mean * hours < grownBy * state.rows) return undefined;
  const { mean: perHour, low, high } = estimate;
  return { kind: 'state-grows', perHour, low, high, rows: state.rows };
}

/** Rows of state an hour, from the first batch of a stretch to its last. */
function slopeOf(batches: readonly QueryProgress[]): number | undefined {
  const [first] = batches;
  const last = batches.at(-1);
  if (first === undefined || last === undefined || last.startedAt <= first.startedAt) {
    return undefined;
  }
  return ((stateRows(last) - stateRows(first)) * hourMs) / (last.startedAt - first.startedAt);
}

function stateRows({ stateOperators }: QueryProgress): number {
  return total(stateOperators, ({ numRowsTotal }) => numRowsTotal ?? 0);
}
