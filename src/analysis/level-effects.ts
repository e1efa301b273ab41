import type { Judgement, Verdict } from '../model/run/comparison.js';
import type { Configuration } from '../model/configuration.js';
import { isSucceeded, type EndedTrial } from '../model/trial/ended-trial.js';
import type { LevelEffect } from '../model/run/report-model.js';
import { median } from '../stats/quantile.js';
import { latency, throughput, type Aspect } from './judge/contrast.js';
import type { Judged } from './judge/judge-look.js';
import { levelContrasts, levelName, type LevelContrasts } from './judge/level-contrasts.js';
import type { TrialIndex } from './trial-index.js';

/**
 * The effect of each level of each factor relative to the baseline's level. With one change at a time it is the judgement
 * of the configuration that has the level. In a grid, a level is compared in every combination of the other factors whose
 * two sides can be compared, and a block's figure is the mean of the log ratios (a main effect). A level of which no
 * configuration can be compared is ineligible or inert, like its configurations.
 */
export function levelEffects({ ranking, judging }: Tables, judged: Judged): LevelEffect[] {
  return levelContrasts(judging.run).flatMap((level) => {
    const judgement = judged.mainEffects.get(levelName(level)) ?? ofConfigurations(level, judged);
    if (judgement === undefined) return [];
    return [effectOf(isRanked(judgement) ? ranking : judging, level, judgement)];
  });
}

interface Tables {
  /** The trials on which the estimates of a screening rest. */
  readonly ranking: TrialIndex;
  /** The trials on which verdicts rest. */
  readonly judging: TrialIndex;
}

function isRanked({ throughput: { cautions } }: Judgement): boolean {
  return cautions.some(({ kind }) => kind === 'screened-out' || kind === 'screening');
}

/** The judgement of the first configuration with this level that could be compared, else of the first. */
function ofConfigurations(
  { contrasts }: LevelContrasts,
  { configurations }: Judged,
): Judgement | undefined {
  const found = contrasts
    .flatMap(({ changed }) => changed)
    .map(({ id }) => configurations.get(id))
    .filter((judgement) => judgement !== undefined);
  return found.find(({ throughput: { kind } }) => !isOut(kind)) ?? found[0];
}

function isOut(kind: Verdict['kind']): boolean {
  return kind === 'ineligible' || kind === 'inert';
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
