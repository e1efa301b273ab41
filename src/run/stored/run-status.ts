import { statusOf } from '../../analysis/run-status.js';
import { forecastOf } from '../prepare-run.js';
import type { RunStatus } from '../../model/run/run-status.js';
import { readOpening } from '../../store/run-opening.js';
import { readSteps, readTrials } from './read-run.js';
import { replay } from '../replay.js';

/** Reads the status of a run from its folder alone. Throws RUN_FOLDER_INVALID, RUN_DAMAGED and JOURNAL_CORRUPT. */
export async function runStatus(folder: string, now: number): Promise<RunStatus> {
  const opening = await readOpening(folder);
  const entries = await readSteps(folder, opening.plan);
  const state = replay(entries, opening.plan);
  const { manifest, experiment, plan } = opening;
  const run = await readTrials(folder, opening, entries.length === 0 ? 'missing' : state);
  return statusOf(run, {
    lastAt: state.lastAt,
    running: state.running,
    now,
    times: forecastOf(plan, experiment, manifest.data.records).times,
  });
}
