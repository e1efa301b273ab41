import { statusOf } from '../analysis/run-status.js';
import { forecast } from '../design/forecast.js';
import type { RunStatus } from '../model/run/run-status.js';
import { readJournal } from '../store/journal.js';
import { readOpening } from '../store/run-folder.js';
import { readTrials } from './read-run.js';
import { replay } from './replay.js';

/** Reads the status of a run from its folder alone. Throws RUN_FOLDER_INVALID and JOURNAL_CORRUPT. */
export async function runStatus(folder: string, now: number): Promise<RunStatus> {
  const opening = await readOpening(folder);
  const entries = await readJournal(folder);
  const state = replay(entries, opening.plan);
  const run = await readTrials(folder, opening, entries.length === 0 ? 'missing' : state);
  return statusOf(run, {
    lastAt: state.lastAt,
    current: state.current,
    now,
    forecastSeconds: forecast(run.plan, run.experiment).perTrialSeconds,
  });
}
