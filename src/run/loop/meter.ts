import { stopsOf } from '../../analysis/judge/judge-run.js';
import { neededTrials } from '../../analysis/needed-trials.js';
import {
  driverAfter,
  measuredTimes,
  remainingSeconds,
  stillToRun,
} from '../../analysis/remaining-seconds.js';
import { endedCells } from '../../analysis/trial-index.js';
import type { LiveDriver } from '../../knobs/drivers-for.js';
import type { EndedTrial } from '../../model/trial/ended-trial.js';
import { deservesRetry } from '../../model/trial/outcome.js';
import { cellOf, isRetry, retryOf, type Block, type Trial } from '../../model/trial/plan.js';
import type { Position } from '../../model/run/run-event.js';
import type { RunRecord } from '../../model/run/run-record.js';
import type { TrialTimes } from '../../model/run/trial-times.js';

/** Tracks the progress of a run, how long the rest will take, and what had ended before this process took over. */
export type Meter = ReturnType<typeof createMeter>;

/** `forecast`: what trials take, until some have ended. */
export function createMeter({ trials, plan }: RunRecord, forecast: TrialTimes) {
  const before: ReadonlyMap<string, EndedTrial> = new Map(trials.map((one) => [one.trial.id, one]));
  const ended = new Set(endedCells({ trials }));
  const { seconds, learn } = paceOf(forecast, trials);
  let block: Block = { number: 0, launches: [] };
  let needed = 0;
  let left: readonly Trial[] = [];
  let clockSetMs = 0;
  return {
    /** Starts a block and recounts the remaining trials. */
    enter: (entered: Block, record: RunRecord) => {
      const trialsNeeded = neededTrials(record, stopsOf(record));
      block = entered;
      needed = trialsNeeded.length;
      left = trialsNeeded.filter((trial) => !ended.has(cellOf(trial)));
    },
    /** Takes an ended trial; one that will be retried is not over. */
    add: (one: EndedTrial) => {
      const { trial, outcome, machine } = one;
      learn(one);
      clockSetMs += machine?.clock.setMs ?? 0;
      if (deservesRetry(outcome) && !isRetry(trial)) return;
      const cell = cellOf(trial);
      ended.add(cell);
      left = left.filter((other) => cellOf(other) !== cell);
    },
    /** How far the time of day has been set since this process started or resumed the run. */
    clockSetMs: () => clockSetMs,
    endedBefore: (trial: Trial) => before.get(trial.id),
    /** Whether a trial, including its retry, had ended before. */
    wasOver: (trial: Trial) => hadEnded(trial, before),
    /** Seconds that the block's trials will take, except those that had ended before; 0 if none is left. */
    secondsOfBlock: (): number => {
      const planned = block.launches.flatMap((launch) => launch.trials);
      return seconds(planned.filter(({ id }) => !before.has(id)));
    },
    /** `ahead`: how many trials begin together with the next one, before it. */
    position: (ahead = 0): Position => ({
      block: block.number,
      blocks: plan.blocks.length,
      trialNumber: Math.min(needed - left.length + 1 + ahead, needed),
      trials: needed,
      secondsLeft: seconds(left),
    }),
  };
}

/** What trials take, by the forecast and those that have ended. The drivers of an earlier process have ended with it. */
function paceOf(forecast: TrialTimes, before: readonly EndedTrial[]) {
  const ended = [...before];
  let times = measuredTimes(forecast, ended);
  let live: LiveDriver | undefined;
  return {
    seconds: (left: readonly Trial[]) =>
      remainingSeconds(stillToRun(left, ended.slice(before.length)), times, live),
    learn: (one: EndedTrial) => {
      ended.push(one);
      times = measuredTimes(forecast, ended);
      live = driverAfter([one]) ?? live;
    },
  };
}

/** Whether a trial, including its retry, is among these, by id. */
export function hadEnded(trial: Trial, before: ReadonlyMap<string, EndedTrial>): boolean {
  const first = before.get(trial.id);
  return first !== undefined && (!deservesRetry(first.outcome) || before.has(retryOf(trial).id));
}
