import { readFile } from 'node:fs/promises';
import { forecast, forecastFrom } from '../design/forecast.js';
import { whyNotCounted } from '../model/outcome.js';
import { isAlive, type ProcessIdentity } from '../process/process-identity.js';
import { readJournal } from '../store/journal.js';
import type { RunStatus } from '../report/status-text.js';
import { looksOf, neededTrials } from './looks.js';
import { readRun } from './read-run.js';
import { replay } from './replay.js';
import { failuresOf } from './run-table.js';
import { lockFileOf } from './run-session.js';

/** Where a run is, from its folder alone: it may be running, broken off, or over. Throws RUN_FOLDER_INVALID. */
export async function runStatus(folder: string, now: number): Promise<RunStatus> {
  const run = await readRun(folder);
  const state = replay(await readJournal(folder));
  const needed = neededTrials(run, looksOf(run).decided);
  const ended = new Set(
    run.trials.map(({ trial }) => `${String(trial.block)} ${trial.configuration.id}`),
  );
  const left = needed.filter(
    ({ block, configuration }) => !ended.has(`${String(block)} ${configuration.id}`),
  ).length;
  const wallMs = run.trials.map((record) => record.wallMs);
  const secondsLeft =
    wallMs.length === 0
      ? forecast(run.plan, run.experiment).perTrialSeconds * left
      : forecastFrom(wallMs, left);
  const running = await isHeld(folder);
  return {
    name: run.experiment.name,
    state: running ? 'running' : (state.end ?? 'broken-off'),
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

/** Whether a living process has the folder. */
async function isHeld(folder: string): Promise<boolean> {
  const text = await readFile(lockFileOf(folder), 'utf8').catch(() => undefined);
  return text !== undefined && (await isAlive(JSON.parse(text) as ProcessIdentity));
}
