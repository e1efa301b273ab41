import { judgeClock } from '../measure/clock-fault.js';
import type { Trial } from '../model/plan.js';
import type { QueryProgress } from '../model/query-progress.js';
import type { TrialRecord } from '../model/run-record.js';
import { identify } from '../process/process-identity.js';
import { createTrialFolder, writeOutcome } from '../store/trial-folder.js';
import type { RunPosition } from './run-event.js';
import type { RunTrialsOptions } from './run-trials.js';
import { progressOf, toTrialRecord } from './trial-record.js';

/**
 * Runs one trial. The journal has its start before anything else happens, and its end before anyone is told; what lies
 * between is done again should the run break off.
 */
export async function runTrial(
  trial: Trial,
  position: () => RunPosition,
  options: RunTrialsOptions,
): Promise<TrialRecord> {
  const { journal, onEvent } = options;
  await journal.append({ kind: 'trial-started', trial: trial.id });
  const directory = await createTrialFolder(options.runFolder, trial);
  const progressLines: string[] = [];
  const events: QueryProgress[] = [];
  const noted: Promise<void>[] = [];
  const machineLoad = await options.watch?.(directory, options.now);
  const result = await options.executor.run(trial, {
    directory,
    signal: options.signal,
    onProcess: (pid) => {
      noted.push(noteProcess(options, pid));
    },
    onProgressLine: (line) => {
      progressLines.push(line);
      const progress = progressOf(line);
      if (progress === undefined) return;
      events.push(progress);
      const rowsPerSecond = rowsPerSecondSoFar(events);
      const at = position();
      onEvent({ kind: 'trial-progress', trial, at, batches: events.length, rowsPerSecond });
    },
  });
  await Promise.all(noted);
  const { wallMs, canaryLines, offered = null } = result;
  const machine = (await machineLoad?.()) ?? null;
  const outcome = judgeClock(result.outcome, machine);
  const end = { outcome, wallMs, machine, offered };
  await journal.append({ kind: 'trial-ended', trial: trial.id, ...end });
  await writeOutcome(directory, { ...end, endedAt: new Date(options.now()).toISOString() });
  return toTrialRecord(
    { trial, ...end, progressLines, canaryLines },
    options.experiment.measurement,
  );
}

async function noteProcess({ journal }: RunTrialsOptions, pid: number): Promise<void> {
  const process = await identify(pid);
  if (process !== undefined)
    await journal.append({ kind: 'process-started', what: 'job', process });
}

function rowsPerSecondSoFar(events: readonly QueryProgress[]): number | null {
  const rows = events.reduce((total, event) => total + event.numInputRows, 0);
  const ms = events.reduce(
    (total, { durationMs }) => total + (durationMs['triggerExecution'] ?? 0),
    0,
  );
  return ms > 0 ? (1_000 * rows) / ms : null;
}
