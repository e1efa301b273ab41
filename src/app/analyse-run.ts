import type { Configuration } from '../model/configuration.js';
import type { Measurement } from '../model/measurement.js';
import { trialsOf } from '../model/plan.js';
import type { RunRecord } from '../model/run-record.js';
import type { ConfigurationRow, Detection, ReportModel, Spread } from '../report/report-model.js';
import { minimumDetectable } from '../stats/paired-estimate.js';
import { median } from '../stats/quantile.js';
import { decisionRule, judgeRun, type Judgement } from './judge-run.js';
import { levelEffects } from './level-effects.js';
import {
  failuresOf,
  isSucceeded,
  latencyOf,
  logInBlock,
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
  const judgements = judgeRun(run);
  return {
    run,
    plannedTrials: trialsOf(plan).length,
    endedTrials: new Set(
      run.trials.map(({ trial }) => `${String(trial.block)} ${trial.configuration.id}`),
    ).size,
    delta: decisionRule(run).delta,
    variedKeys: varied,
    constants: Object.entries(any?.knobs ?? {})
      .filter(([key]) => !varied.includes(key))
      .map(([key, level]) => ({ key, level })),
    detection: detectionOf(run, judgements),
    rows: plan.configurations.map((configuration) =>
      analyseConfiguration(configuration, run, judgements.get(configuration.id)),
    ),
    effects: levelEffects(run, judgements),
  };
}

function detectionOf(run: RunRecord, judgements: ReadonlyMap<string, Judgement>): Detection {
  const baseline = run.plan.configurations.find((one) => one.isBaseline);
  const logs = run.plan.blocks
    .map(({ number: block }) =>
      baseline === undefined
        ? null
        : logInBlock(run, { configuration: baseline, block, figure: throughputOf }),
    )
    .filter((log) => log !== null);
  const [first, last] = [logs[0], logs.at(-1)];
  const sds = [...judgements.values()].map(({ throughput }) => throughput.estimate?.sd ?? null);
  const sd = median(sds.filter((value) => value !== null)) ?? null;
  const enough = logs.length >= 2 && first !== undefined && last !== undefined;
  return {
    aa: judgements.get('aa')?.throughput ?? null,
    sd,
    minimumDetectable:
      sd === null || !enough ? null : minimumDetectable(sd, logs.length, decisionRule(run).alpha),
    drift: enough ? Math.exp(last - first) - 1 : null,
    blocks: logs.length,
  };
}

function analyseConfiguration(
  configuration: Configuration,
  run: RunRecord,
  judgement: Judgement | undefined,
): ConfigurationRow {
  const trials = trialsOfConfiguration(run, configuration);
  const good = trials.filter(isSucceeded).map((record) => record.measurement);
  const measurements = good.filter((measurement) => measurement !== null);
  const middle = (figure: (m: Measurement) => number | null) =>
    median(figures(measurements, figure));
  const p50 = middle(latencyOf);
  const p95 = middle((m) => m.batchMs?.p95 ?? null);
  return {
    configuration,
    trials,
    plannedTrials: run.plan.blocks.length,
    endedBlocks: new Set(trials.map((record) => record.trial.block)).size,
    failures: failuresOf(trials),
    rowsPerSecond: spreadOf(figures(measurements, throughputOf)),
    batchMs: p50 === undefined || p95 === undefined ? null : { p50, p95 },
    batches: middle((m) => m.counts.counted) ?? null,
    rowsPerBatch: middle((m) => m.rowsPerBatch) ?? null,
    meanPhaseMs: meanOfPhases(measurements),
    throughput: judgement?.throughput ?? null,
    latency: judgement?.latency ?? null,
  };
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
