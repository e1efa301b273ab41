import { triggerMsOf } from '../../measure/trigger-ms.js';
import { declaredWarmup } from '../../model/declared-warmup.js';
import type { Experiment } from '../../model/experiment.js';
import type { Assignment, Level } from '../../model/knob.js';

/** What decides which batches a trial of one configuration has. Times are those that the forecast assumes. */
export interface TrialShape {
  readonly mode: 'drain' | 'offered';
  /** What would have to change for more records. */
  readonly from: 'setting' | 'file' | 'topic';
  /** Records to read: the backlog, or what an offered load sends within the window. */
  readonly records: number;
  /** Records in a full batch; all of them if nothing limits it. */
  readonly batchRows: number;
  /** Batches until everything is read, the partial last one included; Infinity under an offered load. */
  readonly batches: number;
  /** Whether it begins with the records that are there. */
  readonly readsBacklog: boolean;
  /** Whether the last batch is the rest of a backlog, which does not count. */
  readonly partialEnd: boolean;
  /** A batch other than the first. */
  readonly batchSeconds: number;
  /** From one trigger to the next; 0 if a batch starts as soon as the one before has ended. */
  readonly triggerSeconds: number;
  readonly warmupSeconds: number;
  /** Infinity if the trial ends with the backlog. */
  readonly windowSeconds: number;
  readonly timeLimitSeconds: number;
}

/** Records of a file that nobody has counted. */
const unknownRecords = 200_000;

/** How many records a trial reads, before its dataset has been looked at. */
export function recordsOf({ data }: Pick<Experiment, 'data'>): number {
  return data.records ?? unknownRecords;
}

/** The shape of the trials with these knobs, on this many records. */
export function trialShape(
  knobs: Assignment,
  { measurement, data, executor }: Pick<Experiment, 'measurement' | 'data' | 'executor'>,
  backlog: number,
): TrialShape {
  const { mode, windowSeconds = Infinity, timeLimitSeconds } = measurement;
  const warmupSeconds = declaredWarmup(measurement, executor === 'session');
  const partitions = positive(knobs['spark.sql.shuffle.partitions'], 200);
  const triggerSeconds = triggerMsOf(knobs['trigger.processingTime'] ?? null) / 1_000;
  const from: TrialShape['from'] =
    data.kind === 'file' || data.kind === 'topic' ? data.kind : 'setting';
  const limits = { from, triggerSeconds, warmupSeconds, windowSeconds, timeLimitSeconds };
  if (mode !== 'drain') {
    const records = mode.ratePerSecond * windowSeconds;
    const pace = Math.max(triggerSeconds, fixedSeconds + perPartitionSeconds * partitions);
    const batchRows = Math.min(limitOf(knobs), mode.ratePerSecond * pace);
    const batchSeconds = secondsOf(batchRows, partitions);
    const open = { batches: Infinity, partialEnd: false, readsBacklog: true } as const;
    return { mode: 'offered', records, ...open, batchRows, batchSeconds, ...limits };
  }
  const batchRows = Math.min(backlog, limitOf(knobs));
  return {
    mode: 'drain',
    records: backlog,
    batchRows,
    batches: Math.ceil(backlog / batchRows),
    readsBacklog: String(knobs['source.startingOffsets'] ?? 'earliest') !== 'latest',
    // measure-trial.ts leaves out a last batch that is more than 1 % smaller than the one before.
    partialEnd: backlog > batchRows && isPart((backlog % batchRows) / batchRows),
    batchSeconds: secondsOf(batchRows, partitions),
    ...limits,
  };
}

const fixedSeconds = 0.2;
const perPartitionSeconds = 0.027;

/**
 * Seconds per batch of the windowed count on two cores, fitted by eye to batches of 5,000 rows with 200, 10 and 2
 * shuffle partitions (5.9 s, 0.68 s, 0.41 s) and of 20,000 rows (0.74 s with 2).
 */
function secondsOf(rows: number, shufflePartitions: number): number {
  return fixedSeconds + perPartitionSeconds * shufflePartitions + rows / 40_000;
}

/** The most records in a batch. `trigger.once` reads everything in one, whatever the source's options say. */
function limitOf(knobs: Assignment): number {
  if (String(knobs['trigger.once'] ?? false) === 'true') return Infinity;
  const key = Object.keys(knobs).find((one) => one.toLowerCase() === maxOffsetsKey.toLowerCase());
  return positive(key === undefined ? null : knobs[key], Infinity);
}

export const maxOffsetsKey = 'source.maxOffsetsPerTrigger';

function isPart(share: number): boolean {
  return share > 0 && share < 0.99;
}

function positive(level: Level | undefined, otherwise: number): number {
  const value = Number(level ?? otherwise);
  return Number.isFinite(value) && value > 0 ? value : otherwise;
}
