import type { Verdict } from '../model/run/comparison.js';
import type { Configuration } from '../model/configuration.js';
import type { Level } from '../model/knob.js';
import { isSucceeded, type EndedTrial } from '../model/trial/ended-trial.js';
import type { TrialHistory } from '../model/run/run-record.js';
import type { LevelEffect } from '../model/run/report-model.js';
import { median } from '../stats/quantile.js';
import { baselineSide, latency, throughput, type Aspect, type Contrast } from './contrast.js';
import { asInert, decideBoth, ineligible, type Judgement } from './judge-run.js';
import type { TrialIndex } from './trial-index.js';

interface LevelContrasts {
  readonly key: string;
  readonly level: Level;
  readonly baselineLevel: Level;
  /** Pairs of configurations that differ only in this factor. */
  readonly contrasts: readonly Contrast[];
}

/**
 * The effect of each level of each factor relative to the baseline's level, decided together. In a grid, a level is
 * compared in every combination of the other factors, and a block's figure is the mean of the log ratios (a main
 * effect). If all configurations with a level are ineligible or inert, so is the level.
 */
export function levelEffects(
  table: TrialIndex,
  judgements: ReadonlyMap<string, Judgement>,
): LevelEffect[] {
  const levels = allContrasts(table.run);
  const fixed = levels.map((level) => foregone(level, judgements));
  const open = levels.filter((_, index) => fixed[index] === undefined);
  const [first, second] = decideBoth(
    table,
    open.map(({ contrasts }) => contrasts),
  );
  return levels.flatMap((level, index) => {
    const place = open.indexOf(level);
    const byThroughput = fixed[index] ?? first[place];
    const byLatency = fixed[index] ?? second[place];
    if (byThroughput === undefined || byLatency === undefined) return [];
    return [effectOf(table, level, { throughput: byThroughput, latency: byLatency })];
  });
}

/** The verdict if every configuration with this level is ineligible or inert; undefined otherwise. */
function foregone(
  { key, contrasts }: LevelContrasts,
  judgements: ReadonlyMap<string, Judgement>,
): Verdict | undefined {
  const changed = contrasts.flatMap((contrast) => contrast.changed);
  if (changed.every(({ inert }) => inert?.knobs.includes(key) === true)) {
    const why = changed[0]?.inert;
    const cautions = why === undefined ? [] : [{ kind: 'cannot-act', ...why } as const];
    return asInert(ineligible(cautions));
  }
  const found = changed.map(({ id }) => judgements.get(id)?.throughput);
  if (!found.every((verdict) => verdict?.kind === 'ineligible')) return undefined;
  return ineligible(found.flatMap((verdict) => verdict?.cautions ?? []).slice(0, 1));
}

function allContrasts(run: TrialHistory): LevelContrasts[] {
  return run.experiment.factors.flatMap(({ key, levels }) => {
    const baselineLevel = run.experiment.baseline[key] ?? null;
    return levels
      .filter((level) => level !== baselineLevel)
      .map((level) => ({
        key,
        level,
        baselineLevel,
        contrasts: findContrasts(run, { key, level, baselineLevel }),
      }))
      .filter(({ contrasts }) => contrasts.length > 0);
  });
}

function findContrasts(
  run: TrialHistory,
  { key, level, baselineLevel }: { key: string; level: Level; baselineLevel: Level },
): Contrast[] {
  const configurations = run.plan.configurations.filter((one) => one.role !== 'baseline-repeat');
  const byLevels = new Map(configurations.map((one) => [nameOf(one.levels), one]));
  return configurations
    .filter((configuration) => configuration.levels[key] === level)
    .flatMap((changed) => {
      const reference = byLevels.get(nameOf({ ...changed.levels, [key]: baselineLevel }));
      if (reference === undefined) return [];
      return [{ changed: [changed], reference: sideOfReference(run, reference) }];
    });
}

/** All assignments of an experiment hold the same keys in the same order, so their text identifies them. */
function nameOf(levels: Configuration['levels']): string {
  return JSON.stringify(levels);
}

/** The baseline's side includes its A/A control. */
function sideOfReference(run: TrialHistory, reference: Configuration): Configuration[] {
  return reference.role === 'baseline' ? baselineSide(run) : [reference];
}

function effectOf(
  table: TrialIndex,
  { contrasts, ...identity }: LevelContrasts,
  judgement: Judgement,
): LevelEffect {
  const trialsOf = (side: readonly Configuration[]) => side.flatMap(({ id }) => table.trialsOf(id));
  const changed = contrasts.flatMap((contrast) => trialsOf(contrast.changed));
  const reference = contrasts.flatMap((contrast) => trialsOf(contrast.reference));
  const middle = (aspect: Aspect) => {
    const level = medianOf(changed, aspect);
    const baseline = medianOf(reference, aspect);
    return level === undefined || baseline === undefined ? null : { level, baseline };
  };
  return {
    ...identity,
    ...judgement,
    rowsPerSecond: middle(throughput),
    batchMs: middle(latency),
    trialIds: changed.filter(isSucceeded).map((record) => record.trial.id),
    baselineTrialIds: reference.filter(isSucceeded).map((record) => record.trial.id),
    failedTrialIds: changed.filter((r) => !isSucceeded(r)).map((record) => record.trial.id),
  };
}

function medianOf(records: readonly EndedTrial[], { figure }: Aspect): number | undefined {
  const values = records
    .filter(isSucceeded)
    .map(({ measurement }) => (measurement === null ? null : figure(measurement)));
  return median(values.filter((value) => value !== null));
}
