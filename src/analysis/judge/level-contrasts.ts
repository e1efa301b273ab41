import type { Configuration } from '../../model/configuration.js';
import type { Level } from '../../model/knob.js';
import type { TrialHistory } from '../../model/run/run-record.js';
import { baselineSide, type Contrast } from './contrast.js';

/** A level of a factor, against the baseline's level. */
export interface LevelContrasts {
  readonly key: string;
  readonly level: Level;
  readonly baselineLevel: Level;
  /** Pairs of configurations that differ only in this factor. */
  readonly contrasts: readonly Contrast[];
}

/** The levels, with the contrasts of which both sides can be compared; a level without any is left out. */
export function comparedLevels(
  run: TrialHistory,
  isCompared: (configuration: Configuration) => boolean,
): LevelContrasts[] {
  return levelContrasts(run)
    .map((level) => ({
      ...level,
      contrasts: level.contrasts.filter(({ changed, reference }) =>
        [...changed, ...reference].every(isCompared),
      ),
    }))
    .filter(({ contrasts }) => contrasts.length > 0);
}

/** Every level that some configuration has, except the baseline's own. */
export function levelContrasts(run: TrialHistory): LevelContrasts[] {
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

/** One word for a level, as a key of maps. */
export function levelName({ key, level }: Pick<LevelContrasts, 'key' | 'level'>): string {
  return `${key}=${JSON.stringify(level)}`;
}

/** Whether it compares more than one configuration with the baseline: then it is a claim of its own. */
export function isMainEffect({ contrasts: [only, ...more] }: LevelContrasts): boolean {
  return more.length > 0 || only?.reference.some(({ role }) => role === 'baseline') !== true;
}

function findContrasts(
  run: TrialHistory,
  { key, level, baselineLevel }: Omit<LevelContrasts, 'contrasts'>,
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
