import type { Configuration } from '../model/configuration.js';
import type { Judgement } from '../model/run/comparison.js';
import type { Measurement } from '../model/trial/measurement.js';
import type { Quantiles } from '../model/trial/quantiles.js';
import { trialsOf, type Plan } from '../model/trial/plan.js';
import type { RunRecord } from '../model/run/run-record.js';
import type { ConfigurationRow, ReportModel, Spread } from '../model/run/report-model.js';
import { median } from '../stats/quantile.js';
import { attribute } from './attribute.js';
import { baselineSide, throughput } from './judge/contrast.js';
import { conclude } from './conclude.js';
import { paretoFront } from './pareto-front.js';
import { betterLevels, isTied } from './rank-levels.js';
import { sensitivityOf } from './sensitivity.js';
import { judgeRun } from './judge/judge-run.js';
import { levelEffects } from './level-effects.js';
import { neededTrials } from './needed-trials.js';
import { decisionRule } from './judge/decide-family.js';
import {
  endedCells,
  failuresOf,
  measurementsOf,
  indexTrials,
  type TrialIndex,
} from './trial-index.js';

/** Computes everything that the reports say about a run, finished or not. A pure function of the record. */
export function analyseRun(run: RunRecord): ReportModel {
  const { plan } = run;
  const index = indexTrials(run);
  const judged = judgeRun(run, isOver(run));
  const needed = neededTrials(run, judged.decided).length;
  const baseline = measurementsOf(index, baselineSide(run));
  const rows = plan.configurations.map((configuration) =>
    rowOf(index, configuration, {
      judgement: judged.configurations.get(configuration.id),
      baseline,
    }),
  );
  const effects = levelEffects(index, judged);
  const sensitivity = sensitivityOf(index, judged);
  const better = betterLevels(effects);
  return {
    run,
    plannedTrials: needed,
    skippedTrials: trialsOf(plan).length - needed,
    endedTrials: endedCells(run).size,
    ...decisionRule(run),
    judgedAt: judged.judgedAt,
    ...knobsOf(run),
    sensitivity,
    rows,
    conclusion: conclude(run, rows, sensitivity.control),
    effects,
    better,
    tied: isTied(better),
    paretoFront: paretoFront(rows),
  };
}

/** No further trials will come, for a reason that has nothing to do with what they showed. */
function isOver({ state }: RunRecord): boolean {
  return state === 'out-of-time' || state === 'baseline-failed';
}

/** The keys that differ between the configurations, and the knobs that do not. */
function knobsOf({ plan, experiment }: RunRecord): Pick<ReportModel, 'variedKeys' | 'constants'> {
  const variedKeys = experiment.factors
    .map((factor) => factor.key)
    .filter((key) => new Set(plan.configurations.map((c) => c.levels[key])).size > 1);
  const [any] = plan.configurations;
  const constants = Object.entries(any?.knobs ?? {})
    .filter(([key]) => !variedKeys.includes(key))
    .map(([key, level]) => ({ key, level }));
  return { variedKeys, constants };
}

function rowOf(
  table: TrialIndex,
  configuration: Configuration,
  {
    judgement,
    baseline,
  }: { readonly judgement: Judgement | undefined; readonly baseline: readonly Measurement[] },
): ConfigurationRow {
  const trials = table.trialsOf(configuration.id);
  const measurements = measurementsOf(table, [configuration]);
  const middle = (figure: (m: Measurement) => number | null) =>
    median(figures(measurements, figure));
  const kind = judgement?.throughput.kind;
  return {
    configuration,
    trials,
    plannedTrials: plannedTrials(table.run.plan, configuration),
    endedBlocks: new Set(trials.map((record) => record.trial.block)).size,
    failures: failuresOf(trials),
    rowsPerSecond: spreadOf(figures(measurements, throughput.figure)),
    batchMs: middleOf(measurements.map(({ batchMs }) => batchMs).filter((one) => one !== null)),
    offered: underLoad(measurements),
    batches: middle((m) => m.counts.counted) ?? null,
    rowsPerBatch: middle((m) => m.rowsPerBatch) ?? null,
    meanPhaseMs: meanOfPhases(measurements),
    throughput: judgement?.throughput ?? null,
    latency: judgement?.latency ?? null,
    attribution: kind === 'better' || kind === 'worse' ? attribute(measurements, baseline) : null,
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

function plannedTrials({ blocks }: Plan, { id }: Configuration): number {
  return blocks.filter((block) =>
    block.launches.some(({ trials }) => trials.some((trial) => trial.configuration.id === id)),
  ).length;
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
