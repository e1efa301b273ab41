import type { PairedComparison } from '../model/comparison.js';
import type { Configuration } from '../model/configuration.js';
import { trialsOf } from '../model/plan.js';
import type { Measurement } from '../model/measurement.js';
import type { RunRecord } from '../model/run-record.js';
import type { ConfigurationRow, ReportModel, Spread } from '../report/report-model.js';
import { comparePairs } from '../stats/paired-comparison.js';
import { median } from '../stats/quantile.js';
import { levelEffects } from './level-effects.js';
import {
  figureInBlock,
  isSucceeded,
  latencyOf,
  throughputOf,
  trialsOfConfiguration,
  type Figure,
} from './trial-figures.js';

/** Everything that the reports say about a run, finished or not. A pure function of the record. */
export function analyseRun(run: RunRecord): ReportModel {
  const { plan, experiment } = run;
  const varied = experiment.factors
    .map((factor) => factor.key)
    .filter((key) => new Set(plan.configurations.map((c) => c.levels[key])).size > 1);
  const [any] = plan.configurations;
  return {
    run,
    plannedTrials: trialsOf(plan).length,
    variedKeys: varied,
    constants: Object.entries(any?.knobs ?? {})
      .filter(([key]) => !varied.includes(key))
      .map(([key, level]) => ({ key, level })),
    rows: plan.configurations.map((configuration) => analyseConfiguration(configuration, run)),
    effects: levelEffects(run),
  };
}

function analyseConfiguration(configuration: Configuration, run: RunRecord): ConfigurationRow {
  const trials = trialsOfConfiguration(run, configuration);
  const baseline = run.plan.configurations.find((other) => other.isBaseline);
  const good = trials.filter(isSucceeded).map((record) => record.measurement);
  const measurements = good.filter((measurement) => measurement !== null);
  const middle = (figure: (m: Measurement) => number | null) =>
    median(figures(measurements, figure));
  const p50 = middle(latencyOf);
  const p95 = middle((m) => m.batchMs?.p95 ?? null);
  const compare = (figure: Figure) =>
    configuration.isBaseline || baseline === undefined
      ? null
      : compareConfigurations({ run, configuration, baseline, figure });
  return {
    configuration,
    trials,
    plannedTrials: run.plan.blocks.length,
    rowsPerSecond: spreadOf(figures(measurements, throughputOf)),
    batchMs: p50 === undefined || p95 === undefined ? null : { p50, p95 },
    batches: middle((m) => m.counts.counted) ?? null,
    rowsPerBatch: middle((m) => m.rowsPerBatch) ?? null,
    meanPhaseMs: meanOfPhases(measurements),
    throughputChange: compare(throughputOf),
    latencyChange: compare(latencyOf),
  };
}

function compareConfigurations(options: {
  readonly run: RunRecord;
  readonly configuration: Configuration;
  readonly baseline: Configuration;
  readonly figure: Figure;
}): PairedComparison | null {
  const { run, configuration, baseline, figure } = options;
  const pairs = run.plan.blocks.flatMap(({ number }) => {
    const candidate = figureInBlock(run, { configuration, block: number, figure });
    const reference = figureInBlock(run, { configuration: baseline, block: number, figure });
    return candidate === null || reference === null ? [] : [{ baseline: reference, candidate }];
  });
  return comparePairs(pairs) ?? null;
}

function figures(measurements: readonly Measurement[], figure: Figure): number[] {
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
