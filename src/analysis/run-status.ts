import { cellOf } from '../model/trial/plan.js';
import type { RunRecord } from '../model/run/run-record.js';
import type { RunStatus } from '../model/run/run-status.js';
import type { TrialTimes } from '../model/run/trial-times.js';
import { stopsOf } from './judge/judge-run.js';
import { neededTrials } from './needed-trials.js';
import { driverAfter, measuredTimes, remainingSeconds, stillToRun } from './remaining-seconds.js';
import { endedCells, failuresOf } from './trial-index.js';

/** What only the journal and the clock can tell. */
interface Moment {
  /** Time of the journal's last entry, ISO 8601; undefined if there is none. */
  readonly lastAt: string | undefined;
  /** The trials that have started but not ended; several where they take turns. */
  readonly running: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the forecast says of trials. */
  readonly times: TrialTimes;
}

/** The status of a run, whether it is running, stopped early or complete. */
export function statusOf(run: RunRecord, moment: Moment): RunStatus {
  const { lastAt, now } = moment;
  const needed = neededTrials(run, stopsOf(run));
  const ended = endedCells(run);
  const left = needed.filter((trial) => !ended.has(cellOf(trial)));
  const times = measuredTimes(moment.times, run.trials);
  const isRunning = run.state === 'running';
  const still = isRunning ? stillToRun(left, run.trials) : left;
  const endsAt = now + 1_000 * remainingSeconds(still, times, driverAfter(run.trials));
  const [current = null, ...alongside] = isRunning ? moment.running : [];
  return {
    name: run.experiment.name,
    state: run.state,
    startedAt: run.manifest.startedAt,
    lastAt: lastAt ?? run.manifest.startedAt,
    planned: needed.length,
    ended: needed.length - left.length,
    current,
    alongside,
    endsAt: isRunning && left.length > 0 ? new Date(endsAt).toISOString() : null,
    failures: run.plan.configurations
      .flatMap(({ id }) =>
        failuresOf(run.trials.filter((one) => one.trial.configuration.id === id)),
      )
      .map(({ trial, outcome }) => ({ trial: trial.id, outcome })),
  };
}
