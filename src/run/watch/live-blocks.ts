import type { LiveBlock, LiveState, LiveTrial } from '../../model/live/live-view.js';
import type { RunRecord } from '../../model/run/run-record.js';
import { isSucceeded, type EndedTrial } from '../../model/trial/ended-trial.js';
import { cellOf, retryOf, trialsOf, type Trial } from '../../model/trial/plan.js';
import { stopsOf } from '../../analysis/judge/judge-run.js';
import { neededTrials } from '../../analysis/needed-trials.js';

/** The night's plan with what has become of each trial. `running`: the ids of the trials that are running. */
export function liveBlocks(run: RunRecord, running: readonly string[]): LiveBlock[] {
  const { plan, blocks } = run;
  const decided = new Map(blocks.map((block) => [block.number, block]));
  const needed = new Set(neededTrials(run, stopsOf(run)).map(cellOf));
  const ended = new Map(run.trials.map((one) => [cellOf(one.trial), one]));
  const place = (trial: Trial) => liveTrial(trial, { needed, ended, running });
  return plan.blocks.map((planned) => {
    const { number } = planned;
    const isScreening = number <= (plan.screening?.blocks ?? 0);
    const known = decided.get(number);
    // A decided block lists what runs; what it leaves out of the plan is skipped.
    const own = known === undefined ? [] : trialsOf({ blocks: [known] });
    const listed = new Set(own.map(cellOf));
    const others = trialsOf({ blocks: [planned] }).filter((trial) => !listed.has(cellOf(trial)));
    const rest = others.map((trial): LiveTrial =>
      known === undefined ? place(trial) : { trial, state: 'skipped' },
    );
    return { number, isScreening, trials: [...own.map(place), ...rest] };
  });
}

interface Places {
  readonly needed: ReadonlySet<string>;
  readonly ended: ReadonlyMap<string, EndedTrial>;
  readonly running: readonly string[];
}

function liveTrial(trial: Trial, { needed, ended, running }: Places): LiveTrial {
  const found = ended.get(cellOf(trial));
  const isRunning = [trial, retryOf(trial)].some(({ id }) => running.includes(id));
  if (isRunning) return { trial, state: 'running' };
  if (found === undefined || found.outcome.kind === 'canceled') {
    return { trial, state: needed.has(cellOf(trial)) ? 'to-come' : 'skipped' };
  }
  const state: LiveState = isSucceeded(found) ? 'succeeded' : 'failed';
  return { trial, state, ended: found };
}
