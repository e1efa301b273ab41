import { retryOf, trialsOf } from '../model/plan.js';
import type { RunRecord } from '../model/run-record.js';
import { lockHolder } from '../process/lock-file.js';
import { readJournal } from '../store/journal.js';
import { readOpening, type RunOpening } from '../store/run-folder.js';
import { readOutcome, readTrialLines } from '../store/trial-folder.js';
import { replay, type RunState } from './replay.js';
import { lockFileOf } from './run-session.js';
import { toTrialRecord } from './trial-record.js';

/**
 * Reads a run, finished or not, from its folder; measures every ended trial anew. The journal says which have ended;
 * without one that can be read, the trials' own folders do. Throws RUN_FOLDER_INVALID.
 */
export async function readRun(folder: string): Promise<RunRecord> {
  const opening = await readOpening(folder);
  const entries = await readJournal(folder).catch(() => []);
  return await readTrials(folder, opening, entries.length === 0 ? undefined : replay(entries));
}

/** The trials of a run that have ended, by its journal's state, or by their own folders where there is none. */
export async function readTrials(
  folder: string,
  { manifest, experiment, plan }: Pick<RunOpening, 'manifest' | 'experiment' | 'plan'>,
  state: RunState | undefined,
): Promise<RunRecord> {
  const trials = [];
  for (const trial of trialsOf(plan).flatMap((one) => [one, retryOf(one)])) {
    const end =
      state === undefined
        ? await readOutcome(folder, trial)
        : (state.ended.get(trial.id) ?? state.canceled.get(trial.id));
    if (end === undefined) continue;
    const lines = await readTrialLines(folder, trial);
    trials.push(toTrialRecord({ trial, ...end, ...lines }, experiment.measurement));
  }
  const running = (await lockHolder(lockFileOf(folder))) !== undefined;
  const standing = running ? 'running' : (state?.end ?? 'broken-off');
  return { manifest, experiment, plan, trials, standing, resumes: state?.resumes ?? [] };
}
