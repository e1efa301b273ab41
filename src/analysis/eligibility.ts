import type { Caution } from '../model/run/comparison.js';
import type { Configuration } from '../model/configuration.js';
import type { Measurement } from '../model/trial/measurement.js';
import type { Outcome } from '../model/trial/outcome.js';
import { baselineSide } from './contrast.js';
import { failuresOf, measurementsOf, type TrialIndex } from './trial-index.js';

/** A configuration that fails in this many blocks is ineligible; its failures are the result. */
const failuresThatDecide = 2;
/** A share of dropped rows this far above the baseline's is a different result, not a faster one. */
const droppedShare = 0.001;
/** Trials that drain the same backlog read the same number of rows, within this share. */
const inputShare = 0.01;

/** Why a configuration cannot be compared: it failed, or did different work than the baseline; else undefined. */
export function whyIneligible(table: TrialIndex, candidate: Configuration): Caution | undefined {
  const failures = failuresOf(table.trialsOf(candidate.id));
  const decisive = failures.filter(({ outcome }) => !isOurDoing(outcome));
  const blocks = new Set(decisive.map((record) => record.trial.block)).size;
  if (blocks >= failuresThatDecide) return { kind: 'failed-blocks', blocks };
  const own = measurementsOf(table, [candidate]);
  const reference = measurementsOf(table, baselineSide(table.run));
  return droppedData(own, reference) ?? otherInput(table, own, reference);
}

/** Stopped on request, or too short: not caused by the configuration. */
function isOurDoing(outcome: Outcome): boolean {
  return (
    outcome.kind === 'canceled' || (outcome.kind === 'invalid' && outcome.insufficient === true)
  );
}

function droppedData(
  own: readonly Measurement[],
  reference: readonly Measurement[],
): Caution | undefined {
  const shareOf = (measurements: readonly Measurement[]) => {
    const read = sum(measurements, ({ inputRows }) => inputRows);
    return read === 0 ? 0 : sum(measurements, (m) => m.droppedByWatermark) / read;
  };
  const [share, baselineShare] = [shareOf(own), shareOf(reference)];
  return share > baselineShare + droppedShare
    ? { kind: 'dropped-data', share, baselineShare }
    : undefined;
}

/** Only checked if no window stops the trials: then all of them read the whole backlog. */
function otherInput(
  { run }: TrialIndex,
  own: readonly Measurement[],
  reference: readonly Measurement[],
): Caution | undefined {
  if (run.experiment.measurement.windowSeconds !== undefined) return undefined;
  if (own.length === 0 || reference.length === 0) return undefined;
  const meanOf = (all: readonly Measurement[]) => sum(all, (m) => m.inputRows) / all.length;
  const [rows, baselineRows] = [meanOf(own), meanOf(reference)];
  return Math.abs(rows - baselineRows) > inputShare * baselineRows
    ? { kind: 'other-input', rows, baselineRows }
    : undefined;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
