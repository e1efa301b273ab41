import { wantedBatches } from '../../measure/measure-trial.js';
import type { TrialShape } from './trial-shape.js';

/** From the start of spark-submit to the first batch, plus from the last batch to the end; measured on two cores. */
export const startAndEndSeconds = 12;
/** The first batch compiles the query: measured, 5 s longer than later ones. */
const firstBatchSeconds = 5;
/** Batches that are warm-up in any case (measure/warmup-cut.ts). */
const warmupBatches = 3;

/** Full batches without which no trial can count, whatever the speed. */
export const leastBatches = warmupBatches + wantedBatches;

/**
 * Speeds of a machine, in multiples of the forecast's, within which a trial should count: the forecast is accurate to
 * a factor of 1.5, and machines of today are up to three times as fast as the two cores that it was fitted to.
 */
export const plausibleSpeeds = [1, 1 / 1.5, 3] as const;

/** A trial as it would go at a certain speed. */
export interface TrialCourse {
  readonly counted: number;
  readonly warmup: number;
  /** From the start of the first batch until the trial is stopped, or has read everything. */
  readonly seconds: number;
  /** It would be stopped at its time limit. */
  readonly timesOut: boolean;
}

/**
 * How a trial goes at a multiple of the forecast's speed, by the rules of measure/warmup-cut.ts. `firstSeconds`: how much
 * longer its first batch takes than a later one.
 */
export function courseOf(
  shape: TrialShape,
  speed: number,
  firstSeconds = firstBatchSeconds,
): TrialCourse {
  const batch = shape.batchSeconds / speed;
  const first = firstSeconds / speed + batch;
  const step = Math.max(batch, shape.triggerSeconds);
  /** Start of the second batch; each later one starts a step after the one before. */
  const second = Math.max(first, shape.triggerSeconds);
  const startOf = (index: number) => (index === 0 ? 0 : second + (index - 1) * step);
  const inWindow = 1 + Math.floor((shape.windowSeconds - batch - second) / step);
  const endOf = (last: number) => (last === 0 ? first : startOf(last) + batch);
  const firstCountedOf = (last: number) => {
    const end = endOf(last);
    const cut = Math.max(shape.warmupSeconds, end / 3, last < 3 ? end : startOf(3));
    // A billionth of a batch is rounding, not a batch.
    return Math.max(1, 1 + Math.ceil((cut - second) / step - 1e-9));
  };
  let last = Math.min(shape.batches - 1, Math.max(0, inWindow));
  // A trial goes on after its window until enough batches count.
  while (last < shape.batches - 1 && last - firstCountedOf(last) + 1 < wantedBatches) last += 1;
  const found = Math.max(0, last - firstCountedOf(last) + 1);
  const partial = shape.partialEnd && last === shape.batches - 1 && found > 1 ? 1 : 0;
  const isAll = last === shape.batches - 1;
  const windowEnd = last > inWindow ? endOf(last) : shape.windowSeconds;
  const seconds = isAll ? Math.min(endOf(last), windowEnd) : windowEnd;
  return {
    counted: found - partial,
    warmup: Math.min(firstCountedOf(last), last + 1),
    seconds,
    timesOut: startAndEndSeconds / speed + seconds > shape.timeLimitSeconds,
  };
}

/** What a trial takes in a process of its own. */
export function coldSecondsOf(shape: TrialShape): number {
  return Math.min(shape.timeLimitSeconds, startAndEndSeconds + courseOf(shape, 1).seconds);
}

/** The batches that count, fewest and most, over all plausible speeds; 0 where the trial would time out. */
export function countedRange(shape: TrialShape): { readonly low: number; readonly high: number } {
  if (impossibility(shape) !== undefined) return { low: 0, high: 0 };
  const counts = plausibleSpeeds.map((speed) => {
    const { counted, timesOut } = courseOf(shape, speed);
    return timesOut ? 0 : counted;
  });
  return { low: Math.min(...counts), high: Math.max(...counts) };
}

/** Why no trial can count, whatever the speed. */
export type Impossibility =
  | { readonly kind: 'no-backlog' }
  | { readonly kind: 'one-batch' }
  | { readonly kind: 'few-full-batches'; readonly batches: number }
  | { readonly kind: 'all-warmup'; readonly limitSeconds: number }
  | { readonly kind: 'few-triggers'; readonly most: number; readonly limitSeconds: number }
  | { readonly kind: 'few-rows'; readonly rows: number };

/** Finds why fewer than ten batches can ever count; undefined if it depends on the speed, or if enough will count. */
export function impossibility(shape: TrialShape): Impossibility | undefined {
  const { mode, batches, partialEnd, warmupSeconds, triggerSeconds, records } = shape;
  const limitSeconds = Math.min(shape.windowSeconds, shape.timeLimitSeconds);
  if (!shape.readsBacklog) return { kind: 'no-backlog' };
  if (batches === 1) return { kind: 'one-batch' };
  const full = batches - (partialEnd ? 1 : 0);
  if (full < leastBatches) return { kind: 'few-full-batches', batches: full };
  if (warmupSeconds >= limitSeconds) return { kind: 'all-warmup', limitSeconds };
  const rows = (records / limitSeconds) * (limitSeconds - warmupSeconds);
  if (mode === 'offered' && rows < wantedBatches) return { kind: 'few-rows', rows };
  const most = Math.floor((limitSeconds - warmupSeconds) / triggerSeconds) + 1;
  return most < wantedBatches ? { kind: 'few-triggers', most, limitSeconds } : undefined;
}

/** The fewest records, to two digits, with which enough batches count at every plausible speed; undefined if none do. */
export function enoughRecords(shape: TrialShape, batchRows = shape.batchRows): number | undefined {
  const suffices = (batches: number) => {
    const longer = { ...shape, batches, partialEnd: false };
    return plausibleSpeeds.every((speed) => courseOf(longer, speed).counted >= wantedBatches);
  };
  let enough = leastBatches;
  while (!suffices(enough)) {
    enough = Math.ceil(enough * 1.05);
    if (enough * batchRows > 1e9) return undefined;
  }
  return roundedUp(enough * batchRows);
}

/** Rounds up to two significant digits: 254,000 becomes 260,000. */
function roundedUp(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / unit) * unit;
}
