import type { Configuration } from '../../model/configuration.js';
import type { Level } from '../../model/knob.js';
import { candidatesOf } from '../../model/trial/plan.js';
import type { TrialHistory } from '../../model/run/run-record.js';
import { mean } from '../../stats/mean.js';
import { aspectsOf, baselineSide, pairsOf } from './contrast.js';
import { judgedWithoutTest } from './eligibility.js';
import { hasEndedUpTo, indexTrials } from '../trial-index.js';

/** A key of the best configuration, and the configuration that has the baseline's level of it instead. */
export interface Ablation {
  readonly key: string;
  readonly level: Level;
  readonly baselineLevel: Level;
  readonly without: Configuration;
}

/** What a screening has chosen. */
export interface Screened {
  /** Whether all its trials have ended; before that, the choice is what it would be now. */
  readonly isOver: boolean;
  /** The candidates to be judged, best first; fewer than asked for if others have no trial that counts. */
  readonly kept: readonly Configuration[];
  /** The best one's keys, if it changes more than one; without those whose configuration is not run. */
  readonly ablations: readonly Ablation[];
}

/**
 * Chooses the candidates that are judged in fresh blocks: those with the best mean log ratio to the baseline of the same
 * block, in the figure that decides. Only trials of screening blocks are looked at, so that the trials that judge a
 * candidate have no part in choosing it. Undefined for a plan without screening.
 */
export function screen(run: TrialHistory): Screened | undefined {
  const { screening } = run.plan;
  if (screening === undefined) return undefined;
  const ranking = screeningTrials(run);
  const kept = rank(ranking).slice(0, screening.top);
  return {
    isOver: hasEndedUpTo(run, screening.blocks),
    kept,
    ablations: ablationsOf(run, kept[0]),
  };
}

/** The trials of the blocks after the screening. */
export function freshTrials(run: TrialHistory): TrialHistory {
  const screeningBlocks = run.plan.screening?.blocks ?? 0;
  return { ...run, trials: run.trials.filter(({ trial }) => trial.block > screeningBlocks) };
}

/** The trials of the screening blocks; of all blocks, if there is no screening. */
export function screeningTrials(run: TrialHistory): TrialHistory {
  const { blocks } = run.plan.screening ?? { blocks: Infinity };
  return { ...run, trials: alike(run.trials.filter(({ trial }) => trial.block <= blocks)) };
}

/**
 * Of a block in which trials stopped sharing a driver, those with a process of their own: the two kinds differ by more
 * than most configurations do.
 */
function alike(trials: TrialHistory['trials']): TrialHistory['trials'] {
  const mixed = new Set(
    trials.flatMap(({ trial, unfit }) => (unfit === undefined ? [] : [trial.block])),
  );
  return trials.filter(({ trial, session }) => session === undefined || !mixed.has(trial.block));
}

/** The candidates that can be compared, best first; equals in the order of the plan. */
function rank(run: TrialHistory): Configuration[] {
  const table = indexTrials(run);
  const { decisive: aspect } = aspectsOf(run);
  const sign = aspect.orientation === 'more-is-better' ? 1 : -1;
  return candidatesOf(run.plan)
    .filter((candidate) => judgedWithoutTest(table, candidate) === undefined)
    .flatMap((candidate) => {
      const contrasts = [{ changed: [candidate], reference: baselineSide(run) }];
      const pairs = pairsOf(table, contrasts, { aspect, upTo: Infinity });
      if (pairs.length === 0) return [];
      return [{ candidate, gain: sign * mean(pairs.map(({ difference }) => difference)) }];
    })
    .sort((a, b) => b.gain - a.gain)
    .map(({ candidate }) => candidate);
}

function ablationsOf({ plan, experiment }: TrialHistory, best: Configuration | undefined) {
  if (best === undefined) return [];
  const { baseline } = experiment;
  const changed = Object.keys(best.levels).filter((key) => best.levels[key] !== baseline[key]);
  if (changed.length < 2) return [];
  const candidates = candidatesOf(plan);
  return changed.flatMap((key): Ablation[] => {
    const baselineLevel = baseline[key] ?? null;
    const name = JSON.stringify({ ...best.levels, [key]: baselineLevel });
    const without = candidates.find(({ levels }) => JSON.stringify(levels) === name);
    if (without === undefined) return [];
    return [{ key, level: best.levels[key] ?? null, baselineLevel, without }];
  });
}

/**
 * The candidates that will not run after the screening, as far as can be told: until it has ranked as many as it keeps,
 * those to come stand for them.
 */
export function expectedOut(run: TrialHistory): Map<string, number> {
  const screened = screen(run);
  const { screening } = run.plan;
  if (screened === undefined || screening === undefined || screened.isOver) {
    return screenedOut(run, screened);
  }
  const others = candidatesOf(run.plan).filter((one) => !screened.kept.includes(one));
  const kept = [...screened.kept, ...others].slice(0, screening.top);
  return screenedOut(run, { ...screened, kept, ablations: ablationsOf(run, kept[0]) });
}

/** The candidates that a screening has stopped, with its last block; ids. */
export function screenedOut(run: TrialHistory, screened = screen(run)): Map<string, number> {
  const { screening, configurations } = run.plan;
  if (screened === undefined || screening === undefined) return new Map();
  const goOn = new Set(
    [...screened.kept, ...screened.ablations.map(({ without }) => without)].map(({ id }) => id),
  );
  return new Map(
    configurations
      .filter(({ id, role }) => role === 'candidate' && !goOn.has(id))
      .map(({ id }) => [id, screening.blocks]),
  );
}
