import type { Experiment } from '../model/experiment.js';
import type { MachineLoad } from '../model/machine-load.js';
import { retryOf, trialsOf, type Plan, type Trial } from '../model/plan.js';
import type { QueryProgress } from '../model/query-progress.js';
import type { TrialRecord } from '../model/run-record.js';
import type { TrialExecutor } from '../model/trial-executor.js';
import { createTrialFolder, writeOutcome } from '../store/trial-folder.js';
import { candidatesOf, isSpared } from './looks.js';
import type { RunEvent, RunPosition } from './run-event.js';
import { progressOf, toTrialRecord } from './trial-record.js';

interface RunTrialsOptions {
  readonly runFolder: string;
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly executor: TrialExecutor;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly onEvent: (event: RunEvent) => void;
  /** Seconds that the rest will take, from the wall milliseconds of the trials that have ended. */
  readonly secondsLeft: (endedWallMs: readonly number[], remaining: number) => number;
  /** Begins to watch the machine beside a trial; left out where trials are simulated. */
  readonly watch?: (folder: string) => Promise<() => Promise<MachineLoad>>;
  /** The configurations that are decided, each with the block of that look. */
  readonly decided: (records: readonly TrialRecord[]) => ReadonlyMap<string, number>;
  /** Called after each trial, so that a report exists at any moment. */
  readonly onTrialStored: (records: readonly TrialRecord[]) => Promise<void>;
}

/**
 * Runs every trial of the plan in its order and stores each before the next one starts.
 * A failed trial is a record like any other. Stops after the current trial when the signal is aborted.
 */
export async function runTrials(options: RunTrialsOptions): Promise<TrialRecord[]> {
  const records: TrialRecord[] = [];
  const trials = trialsOf(options.plan);
  const stopped = () => options.signal.aborted;
  const candidates = candidatesOf(options);
  let decided: ReadonlyMap<string, number> = new Map();
  for (const [index, trial] of trials.entries()) {
    if (stopped()) break;
    if (trial.block !== trials[index - 1]?.block) decided = options.decided(records);
    if (isSpared(trial, decided, candidates)) continue;
    const position = (ended = 0): RunPosition => ({
      block: trial.block,
      blocks: options.plan.blocks.length,
      trialNumber: index + 1,
      trials: trials.length,
      secondsLeft: options.secondsLeft(
        records.map((record) => record.wallMs),
        trials.length - index - ended,
      ),
    });
    options.onEvent({ kind: 'trial-started', trial, at: position() });
    for (const attempt of [trial, retryOf(trial)]) {
      const record = await runTrial(attempt, position, options);
      records.push(record);
      await options.onTrialStored(records);
      options.onEvent({ kind: 'trial-ended', record, at: position(1) });
      if (!deservesRetry(record) || stopped()) break;
    }
  }
  return records;
}

/** Infrastructure faults are tried once more in the same block; what a configuration does is a result. */
function deservesRetry({ outcome }: TrialRecord): boolean {
  return (
    (outcome.kind === 'invalid' || outcome.kind === 'failed') && outcome.infrastructure === true
  );
}

async function runTrial(
  trial: Trial,
  position: () => RunPosition,
  options: RunTrialsOptions,
): Promise<TrialRecord> {
  const directory = await createTrialFolder(options.runFolder, trial);
  const progressLines: string[] = [];
  const events: QueryProgress[] = [];
  const machineLoad = await options.watch?.(directory);
  const result = await options.executor.run(trial, {
    directory,
    signal: options.signal,
    onProgressLine: (line) => {
      progressLines.push(line);
      const progress = progressOf(line);
      if (progress === undefined) return;
      events.push(progress);
      options.onEvent({
        kind: 'trial-progress',
        trial,
        at: position(),
        batches: events.length,
        rowsPerSecond: rowsPerSecondSoFar(events),
      });
    },
  });
  const { outcome, wallMs, canaryLines, offered = null } = result;
  const machine = (await machineLoad?.()) ?? null;
  const endedAt = new Date(options.now()).toISOString();
  await writeOutcome(directory, { outcome, wallMs, endedAt, machine, offered });
  return toTrialRecord(
    { trial, outcome, wallMs, machine, offered, progressLines, canaryLines },
    options.experiment.measurement,
  );
}

function rowsPerSecondSoFar(events: readonly QueryProgress[]): number | null {
  const rows = events.reduce((total, event) => total + event.numInputRows, 0);
  const ms = events.reduce(
    (total, { durationMs }) => total + (durationMs['triggerExecution'] ?? 0),
    0,
  );
  return ms > 0 ? (1_000 * rows) / ms : null;
}
