import { endOf, type Deadline } from '../model/deadline.js';
import type { Experiment } from '../model/experiment.js';
import type { MachineLoad } from '../model/machine-load.js';
import type { RunEnd } from '../model/journal-event.js';
import { retryOf, trialsOf, type Plan } from '../model/plan.js';
import type { TrialRecord } from '../model/run-record.js';
import type { TrialExecutor } from '../model/trial-executor.js';
import type { Journal } from '../store/journal.js';
import { isBaselineBroken } from './baseline-breaker.js';
import { candidatesOf, isSpared } from './looks.js';
import type { RunEvent, RunPosition } from './run-event.js';
import { runTrial } from './run-trial.js';

export interface RunTrialsOptions {
  readonly runFolder: string;
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly executor: TrialExecutor;
  readonly journal: Journal;
  /** Trials that have ended before, where a run is taken up again. */
  readonly known: readonly TrialRecord[];
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** No block starts that would not end by then. */
  readonly deadline: Deadline;
  readonly onEvent: (event: RunEvent) => void;
  /** Seconds that the rest will take, from the wall milliseconds of the trials that have ended. */
  readonly secondsLeft: (endedWallMs: readonly number[], remaining: number) => number;
  /** Begins to watch the machine beside a trial; left out where trials are simulated. */
  readonly watch?: (folder: string, now: () => number) => Promise<() => Promise<MachineLoad>>;
  /** The configurations that are decided, each with the block of that look. */
  readonly decided: (records: readonly TrialRecord[]) => ReadonlyMap<string, number>;
  /** Called after each trial, so that a report exists at any moment. */
  readonly onTrialStored: (records: readonly TrialRecord[]) => Promise<void>;
}

interface RanTrials {
  readonly records: readonly TrialRecord[];
  readonly end: RunEnd;
}

/**
 * Runs every trial of the plan that has not ended, in its order, and stores each before the next one starts. A failed
 * trial is a record like any other. Stops after the current trial when the signal is aborted, before a block that would
 * not end in time, and when the baseline cannot run.
 */
export async function runTrials(options: RunTrialsOptions): Promise<RanTrials> {
  const records: TrialRecord[] = [...options.known];
  const known = new Map(options.known.map((record) => [record.trial.id, record]));
  const trials = trialsOf(options.plan);
  const candidates = candidatesOf(options);
  let decided: ReadonlyMap<string, number> = new Map();
  let clockSet = 0;
  for (const [index, trial] of trials.entries()) {
    if (trial.block !== trials[index - 1]?.block) {
      decided = options.decided(records);
      const block = trials.filter((one) => one.block === trial.block);
      const due = block.filter((one) => !isSpared(one, decided, candidates) && !known.has(one.id));
      if (due.length > 0 && !fits(due.length, records, { ...options, clockSet }))
        return { records, end: 'budget' };
    }
    if (isSpared(trial, decided, candidates)) continue;
    const position = (ended = 0): RunPosition => ({
      block: trial.block,
      blocks: options.plan.blocks.length,
      trialNumber: index + 1,
      trials: trials.length,
      secondsLeft: options.secondsLeft(wallMsOf(records), trials.length - index - ended),
    });
    for (const attempt of [trial, retryOf(trial)]) {
      let record = known.get(attempt.id);
      if (record === undefined) {
        if (options.signal.aborted) return { records, end: 'interrupted' };
        if (options.now() > endOf(options.deadline, clockSet)) return { records, end: 'budget' };
        if (attempt === trial) options.onEvent({ kind: 'trial-started', trial, at: position() });
        record = await runTrial(attempt, position, options);
        clockSet += record.machine?.clock?.setMs ?? 0;
        records.push(record);
        await options.onTrialStored(records);
        options.onEvent({ kind: 'trial-ended', record, at: position(1) });
      }
      if (!deservesRetry(record)) break;
    }
    if (isBaselineBroken(records)) return { records, end: 'broken-baseline' };
  }
  return { records, end: options.signal.aborted ? 'interrupted' : 'complete' };
}

/** Whether so many trials end before the deadline, as far as one can tell. */
function fits(
  trials: number,
  records: readonly TrialRecord[],
  options: RunTrialsOptions & { readonly clockSet: number },
): boolean {
  const { deadline, secondsLeft, now, clockSet } = options;
  return now() + 1_000 * secondsLeft(wallMsOf(records), trials) <= endOf(deadline, clockSet);
}

function wallMsOf(records: readonly TrialRecord[]): number[] {
  return records.map((record) => record.wallMs);
}

/** Infrastructure faults are tried once more in the same block; what a configuration does is a result. */
function deservesRetry({ outcome }: TrialRecord): boolean {
  return (
    (outcome.kind === 'invalid' || outcome.kind === 'failed') && outcome.infrastructure === true
  );
}
