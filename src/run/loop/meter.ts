import { stopsOf } from '../../analysis/judge/judge-run.js';
import { neededTrials } from '../../analysis/needed-trials.js';
import { remainingSeconds } from '../../analysis/remaining-seconds.js';
import { endedCells } from '../../analysis/trial-index.js';
import type { EndedTrial } from '../../model/trial/ended-trial.js';
import { deservesRetry } from '../../model/trial/outcome.js';
import { cellOf, isRetry, retryOf, type Block, type Trial } from '../../model/trial/plan.js';
import type { Position } from '../../model/run/run-event.js';
import type { RunRecord } from '../../model/run/run-record.js';

/** Tracks the progress of a run, how long the rest will take, and what had ended before this process took over. */
export type Meter = ReturnType<typeof createMeter>;

export function createMeter({ trials, plan }: RunRecord, forecastSeconds: number) {
  const before: ReadonlyMap<string, EndedTrial> = new Map(trials.map((one) => [one.trial.id, one]));
  const wallMs = trials.map((one) => one.wallMs);
  const ended = new Set(endedCells({ trials }));
  const seconds = (count: number) => remainingSeconds(count, wallMs, forecastSeconds);
  let block: Block = { number: 0, launches: [] };
  let needed = 0;
  let left = 0;
  let clockSetMs = 0;
  return {
    /** Starts a block and recounts the remaining trials. */
    enter: (entered: Block, record: RunRecord) => {
      const trialsNeeded = neededTrials(record, stopsOf(record));
      block = entered;
      needed = trialsNeeded.length;
      left = trialsNeeded.filter((trial) => !ended.has(cellOf(trial))).length;
    },
    /** Takes an ended trial; one that will be retried is not over. */
    add: ({ trial, outcome, wallMs: ms, machine }: EndedTrial) => {
      wallMs.push(ms);
      clockSetMs += machine?.clock.setMs ?? 0;
      if (deservesRetry(outcome) && !isRetry(trial)) return;
      ended.add(cellOf(trial));
      left -= 1;
    },
    /** How far the time of day has been set since this process started or resumed the run. */
    clockSetMs: () => clockSetMs,
    endedBefore: (trial: Trial) => before.get(trial.id),
    /** Whether a trial, including its retry, had ended before. */
    wasOver: (trial: Trial) => wasOver(trial, before),
    /** Seconds that the block's trials will take, except those that had ended before; 0 if none is left. */
    secondsOfBlock: (): number => {
      const all = block.launches.flatMap((launch) => launch.trials);
      return seconds(all.filter(({ id }) => !before.has(id)).length);
    },
    position: (): Position => ({
      block: block.number,
      blocks: plan.blocks.length,
      trialNumber: Math.min(needed - left + 1, needed),
      trials: needed,
      secondsLeft: seconds(left),
    }),
  };
}

function wasOver(trial: Trial, before: ReadonlyMap<string, EndedTrial>): boolean {
  const first = before.get(trial.id);
  return first !== undefined && (!deservesRetry(first.outcome) || before.has(retryOf(trial).id));
}
