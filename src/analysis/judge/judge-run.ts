import { cellOf } from '../../model/trial/plan.js';
import type { RunRecord, TrialHistory } from '../../model/run/run-record.js';
import { judgeConfirmation, type JudgedAblation } from './judge-confirmation.js';
import { judgeLook, nothingJudged, type Judged } from './judge-look.js';
import { neededTrials } from '../needed-trials.js';
import { expectedOut, screen, screenedOut, type Screened } from './screening.js';
import { endedCells, indexTrials } from '../trial-index.js';
import { withoutVerdicts } from './without-verdicts.js';

/** The verdicts of a run, or its estimates while it has none. */
export interface JudgedRun extends Judged {
  /** The look at which it was judged: a block, or Infinity for all of them; null before the first. */
  readonly judgedAt: number | null;
  /** What the screening has chosen; absent without one. */
  readonly screened?: Screened;
  /** What each key of the best configuration does, if it was judged in fresh blocks; empty without a screening. */
  readonly ablations: readonly JudgedAblation[];
}

/**
 * Judges a run at each of its looks, or once all its blocks have ended. Before that there are estimates and no verdicts,
 * since a run that is judged whenever somebody reads it finds something in two nights of five. `isOver` says that no
 * further trials will come although some are missing: a budget ended the run.
 */
export function judgeRun(run: TrialHistory, isOver = false): JudgedRun {
  const screened = screen(run);
  return screened === undefined ? judgeAtLooks(run, isOver) : judgeScreened(run, screened, isOver);
}

/** No further trials will come, for a reason that has nothing to do with what they showed. */
export function isOver({ state }: Pick<RunRecord, 'state'>): boolean {
  return state === 'out-of-time' || state === 'baseline-failed';
}

/** The configurations that no longer run after a block: decided at a look, or left out by the screening. */
export function stopsOf(run: TrialHistory): ReadonlyMap<string, number> {
  if (run.plan.screening !== undefined) return expectedOut(run);
  return looksOf(run).length > 1 ? judgeRun(run).stopped : new Map();
}

function judgeAtLooks(run: TrialHistory, isOver: boolean): JudgedRun {
  const looks = looksOf(run);
  let judged = nothingJudged;
  let judgedAt: number | null = null;
  for (const look of looks) {
    const isWhole = hasEnded(run, look, judged.stopped);
    if (!isWhole && !isOver) break;
    judged = judgeLook(indexTrials(upTo(run, look)), judged, look);
    judgedAt = look;
    if (!isWhole) break;
  }
  if (judgedAt !== null) return { ...judged, judgedAt, ablations: [] };
  const sofar = judgeLook(indexTrials(run), nothingJudged, Infinity);
  const block = Math.min(looks[0] ?? Infinity, run.plan.blocks.length);
  const why = () => ({ kind: 'before-look', block }) as const;
  return {
    configurations: withoutVerdicts(sofar.configurations, why),
    mainEffects: withoutVerdicts(sofar.mainEffects, why),
    stopped: new Map(),
    judgedAt,
    ablations: [],
  };
}

function judgeScreened(run: TrialHistory, screened: Screened, isOver: boolean): JudgedRun {
  const stopped = screenedOut(run, screened);
  const isWhole = screened.isOver && hasEnded(run, Infinity, stopped);
  const judged = judgeConfirmation(run, screened, isWhole || isOver);
  return { ...judged, stopped, screened };
}

/** The blocks after which the run is judged. */
function looksOf({ experiment }: TrialHistory): readonly number[] {
  const { interimLooks } = experiment.stopping;
  return interimLooks.length > 1 ? interimLooks : [Infinity];
}

function upTo(run: TrialHistory, look: number): TrialHistory {
  return { ...run, trials: run.trials.filter(({ trial }) => trial.block <= look) };
}

function hasEnded(run: TrialHistory, look: number, stopped: ReadonlyMap<string, number>): boolean {
  const ended = endedCells(run);
  return neededTrials(run, stopped)
    .filter((trial) => trial.block <= look)
    .every((trial) => ended.has(cellOf(trial)));
}
