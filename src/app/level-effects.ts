import type { PairedComparison } from '../model/comparison.js';
import type { Configuration } from '../model/configuration.js';
import type { Level } from '../model/knob.js';
import type { RunRecord, TrialRecord } from '../model/run-record.js';
import type { LevelEffect } from '../report/report-model.js';
import { comparePairs } from '../stats/paired-comparison.js';
import { median } from '../stats/quantile.js';
import {
  figureInBlock,
  isSucceeded,
  latencyOf,
  throughputOf,
  trialsOfConfiguration,
  type Figure,
} from './trial-figures.js';

/** Two configurations that differ in one factor only: its baseline level and another one. */
interface Contrast {
  readonly changed: Configuration;
  readonly reference: Configuration;
}

/**
 * What each level of each factor does beside the baseline's level. In a grid a level is compared in every
 * combination of the other factors, and the block's figure is the mean of the log ratios (a main effect).
 */
export function levelEffects(run: RunRecord): LevelEffect[] {
  return run.experiment.factors.flatMap(({ key, levels }) => {
    const baselineLevel = run.experiment.baseline[key] ?? null;
    return levels
      .filter((level) => level !== baselineLevel)
      .flatMap((level) => {
        const contrasts = findContrasts(run, { key, level, baselineLevel });
        return contrasts.length === 0
          ? []
          : [effectOf(run, { key, level, baselineLevel, contrasts })];
      });
  });
}

function findContrasts(
  run: RunRecord,
  { key, level, baselineLevel }: { key: string; level: Level; baselineLevel: Level },
): Contrast[] {
  const { configurations } = run.plan;
  return configurations
    .filter((configuration) => configuration.levels[key] === level)
    .flatMap((changed) => {
      const wanted = { ...changed.levels, [key]: baselineLevel };
      const reference = configurations.find(({ levels }) =>
        Object.entries(wanted).every(([other, value]) => levels[other] === value),
      );
      return reference === undefined ? [] : [{ changed, reference }];
    });
}

function effectOf(
  run: RunRecord,
  parts: { key: string; level: Level; baselineLevel: Level; contrasts: readonly Contrast[] },
): LevelEffect {
  const { contrasts, ...identity } = parts;
  const changed = contrasts.flatMap((c) => trialsOfConfiguration(run, c.changed));
  const reference = contrasts.flatMap((c) => trialsOfConfiguration(run, c.reference));
  const middle = (figure: Figure) => {
    const level = medianOf(changed, figure);
    const baseline = medianOf(reference, figure);
    return level === undefined || baseline === undefined ? null : { level, baseline };
  };
  return {
    ...identity,
    throughput: compareContrasts(run, contrasts, throughputOf),
    latency: compareContrasts(run, contrasts, latencyOf),
    rowsPerSecond: middle(throughputOf),
    batchMs: middle(latencyOf),
    trialIds: changed.filter(isSucceeded).map((record) => record.trial.id),
    baselineTrialIds: reference.filter(isSucceeded).map((record) => record.trial.id),
    failedTrialIds: changed.filter((r) => !isSucceeded(r)).map((record) => record.trial.id),
  };
}

function compareContrasts(
  run: RunRecord,
  contrasts: readonly Contrast[],
  figure: Figure,
): PairedComparison | null {
  const pairs = run.plan.blocks.flatMap(({ number: block }) => {
    const logs = contrasts.flatMap(({ changed, reference }) => {
      const candidate = figureInBlock(run, { configuration: changed, block, figure });
      const baseline = figureInBlock(run, { configuration: reference, block, figure });
      if (candidate === null || baseline === null || candidate <= 0 || baseline <= 0) return [];
      return [Math.log(candidate / baseline)];
    });
    if (logs.length === 0) return [];
    const mean = logs.reduce((total, value) => total + value, 0) / logs.length;
    return [{ baseline: 1, candidate: Math.exp(mean) }];
  });
  return comparePairs(pairs) ?? null;
}

function medianOf(records: readonly TrialRecord[], figure: Figure): number | undefined {
  const values = records
    .filter(isSucceeded)
    .map(({ measurement }) => (measurement === null ? null : figure(measurement)));
  return median(values.filter((value) => value !== null));
}
