import { forecast, forecastFrom } from '../design/forecast.js';
import { whyNotCounted } from '../model/outcome.js';
import { cellOf } from '../model/plan.js';
import { readJournal } from '../store/journal.js';
import { readOpening } from '../store/run-folder.js';
import type { RunStatus } from '../report/status-text.js';
import { looksOf, neededTrials } from './looks.js';
import { readTrials } from './read-run.js';
import { replay } from './replay.js';
import { endedCells, failuresOf } from './run-table.js';

/** Where a run is, from its folder alone: it may be running, broken off, or over. Throws RUN_FOLDER_INVALID. */
export async function runStatus(folder: string, now: number): Promise<RunStatus> {
  const entries = await readJournal(folder);
  const state = replay(entries);
  const known = entries.length === 0 ? undefined : state;
  const run = await readTrials(folder, await readOpening(folder), known);
  const needed = neededTrials(run, looksOf(run).decided);
  const ended = endedCells(run);
  const left = needed.filter((trial) => !ended.has(cellOf(trial))).length;
  const wallMs = run.trials.map((record) => record.wallMs);
  const secondsLeft =
    wallMs.length === 0
      ? forecast(run.plan, run.experiment).perTrialSeconds * left
      : forecastFrom(wallMs, left);
  const running = run.standing === 'running';
  return {
    name: run.experiment.name,
    state: run.standing,
    startedAt: run.manifest.startedAt,
    lastAt: state.lastAt ?? run.manifest.startedAt,
    planned: needed.length,
    ended: needed.length - left,
    under: running ? (state.under ?? null) : null,
    endsAt: running && left > 0 ? new Date(now + 1_000 * secondsLeft).toISOString() : null,
    failures: run.plan.configurations
      .flatMap(({ id }) =>
        failuresOf(run.trials.filter((one) => one.trial.configuration.id === id)),
      )
      .map(({ trial, outcome }) => ({
        trial: trial.id,
        outcome: outcome.kind,
        why: whyNotCounted(outcome) ?? '',
      })),
  };
}
