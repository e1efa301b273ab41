import type { Configuration } from '../model/configuration.js';
import type { Price } from '../model/cost.js';
import { isClaim, type Judgement } from '../model/run/comparison.js';
import type { Measurement } from '../model/trial/measurement.js';
import type { Quantiles } from '../model/trial/quantiles.js';
import type { ConfigurationRow, Spread } from '../model/run/report-model.js';
import { median } from '../stats/quantile.js';
import { attribute } from './attribute.js';
import { compareResults } from './judge/compare-results.js';
import { configurationCost } from './cost/row-cost.js';
import { throughput } from './judge/contrast.js';
import { severalQueries } from './script/several-queries.js';
import { countedOf, failuresOf, type TrialIndex } from './trial-index.js';

interface Tables {
  readonly all: TrialIndex;
  /** The trials on which verdicts rest. */
  readonly judging: TrialIndex;
}

interface RowParts {
  readonly judgement: Judgement | undefined;
  /** The baseline's measurements in the blocks on which verdicts rest. */
  readonly baseline: readonly Measurement[];
  readonly plannedTrials: number;
  /** Of the machine. */
  readonly processors: number;
  readonly price: Price | undefined;
}

/** One configuration with the figures of the trials that judge it, or of all if there are none: a screening only ranks. */
export function configurationRow(
  { all, judging }: Tables,
  configuration: Configuration,
  { judgement, baseline, plannedTrials, processors, price }: RowParts,
): ConfigurationRow {
  const trials = all.trialsOf(configuration.id);
  const judged = countedOf(judging.trialsOf(configuration.id));
  const counted = judged.length > 0 ? judged : countedOf(trials);
  const measurements = counted.map(({ measurement }) => measurement);
  const middle = (figure: (m: Measurement) => number | null) =>
    median(figures(measurements, figure));
  const kind = judgement?.throughput.kind;
  return {
    configuration,
    trials,
    plannedTrials,
    endedBlocks: new Set(trials.map((record) => record.trial.block)).size,
    failures: failuresOf(trials),
    rowsPerSecond: spreadOf(figures(measurements, throughput.figure)),
    batchMs: middleOf(measurements.map(({ batchMs }) => batchMs).filter((one) => one !== null)),
    offered: underLoad(measurements),
    batches: middle((m) => m.counts.counted) ?? null,
    rowsPerBatch: middle((m) => m.rowsPerBatch) ?? null,
    meanPhaseMs: meanOfPhases(measurements),
    queries: severalQueries(measurements),
    cost: configurationCost(counted, { processors, price }),
    throughput: judgement?.throughput ?? null,
    latency: judgement?.latency ?? null,
    result: configuration.role === 'candidate' ? compareResults(all, configuration) : null,
    attribution: isClaim(kind) ? attribute(measurements, baseline) : null,
  };
}

/** Medians over the trials, of p95 only if every trial had enough batches for one, and the maximum of all. */
function middleOf(trials: readonly Quantiles[]) {
  const p50 = median(trials.map((one) => one.p50));
  const p95s = trials.map((one) => one.p95).filter((p95) => p95 !== null);
  if (p50 === undefined) return null;
  return {
    p50,
    p95: p95s.length === trials.length ? (median(p95s) ?? null) : null,
    max: Math.max(...trials.map(({ max }) => max)),
  };
}

/** The figures of a configuration's trials under an offered load; null without one. */
function underLoad(measurements: readonly Measurement[]): ConfigurationRow['offered'] {
  const found = measurements.map(({ offered }) => offered).filter((one) => one !== null);
  const endToEndMs = middleOf(found.map((one) => one.endToEndMs));
  if (endToEndMs === null) return null;
  return {
    endToEndMs,
    sustainable: found.filter(({ sustainable }) => sustainable).length,
    trials: found.length,
  };
}

function figures(
  measurements: readonly Measurement[],
  figure: (measurement: Measurement) => number | null,
): number[] {
  return measurements.map(figure).filter((value) => value !== null);
}

function spreadOf(values: readonly number[]): Spread | null {
  const middle = median(values);
  if (middle === undefined) return null;
  return { median: middle, low: Math.min(...values), high: Math.max(...values) };
}

function meanOfPhases(measurements: readonly Measurement[]): Record<string, number> {
  const means: Record<string, number> = {};
  for (const { meanPhaseMs } of measurements) {
    for (const [phase, ms] of Object.entries(meanPhaseMs)) {
      means[phase] = (means[phase] ?? 0) + ms / measurements.length;
    }
  }
  return means;
}
