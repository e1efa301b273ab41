import { cellOf } from '../model/trial/plan.js';
import type { RunRecord } from '../model/run/run-record.js';
import type { RunStatus } from '../model/run/run-status.js';
import { interimLooksOf, neededTrials } from './interim-looks.js';
import { remainingSeconds } from './remaining-seconds.js';
import { endedCells, failuresOf } from './trial-index.js';

/** What only the journal and the clock can tell. */
interface Moment {
  /** Of the last entry in the journal, ISO 8601; undefined for none. */
  readonly lastAt: string | undefined;
  /** The trial that had begun and not ended. */
  readonly current: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What one trial was forecast to take. */
  readonly forecastSeconds: number;
}

/** Where a run is: it may be running, broken off, or over. */
export function statusOf(run: RunRecord, moment: Moment): RunStatus {
  const { lastAt, current, now, forecastSeconds } = moment;
  const needed = neededTrials(run, interimLooksOf(run).decided);
  const ended = endedCells(run);
  const left = needed.filter((trial) => !ended.has(cellOf(trial))).length;
  const wallMs = run.trials.map((one) => one.wallMs);
  const endsAt = now + 1_000 * remainingSeconds(left, wallMs, forecastSeconds);
  const running = run.state === 'running';
  return {
    name: run.experiment.name,
    state: run.state,
    startedAt: run.manifest.startedAt,
    lastAt: lastAt ?? run.manifest.startedAt,
    planned: needed.length,
    ended: needed.length - left,
    current: running ? (current ?? null) : null,
    endsAt: running && left > 0 ? new Date(endsAt).toISOString() : null,
    failures: run.plan.configurations
      .flatMap(({ id }) =>
        failuresOf(run.trials.filter((one) => one.trial.configuration.id === id)),
      )
      .map(({ trial, outcome }) => ({ trial: trial.id, outcome })),
  };
}
