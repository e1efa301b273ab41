import { measureEvidence } from '../measure/measure-evidence.js';
import { HarnessError } from '../model/harness-error.js';
import { retryOf, trialsOf } from '../model/trial/plan.js';
import type { RunRecord } from '../model/run/run-record.js';
import { lockHolder } from '../process/lock-file.js';
import { readJournal } from '../store/journal.js';
import { lockFileOf, readOpening, type RunOpening } from '../store/run-folder.js';
import { readOutcome, readEvidence } from '../store/trial-folder.js';
import { replay, type ReplayedRun } from './replay.js';

/**
 * Reads a run, finished or not, from its folder, and measures every ended trial again. The journal says which have
 * ended; if it cannot be read, the trials' own folders do. Throws RUN_FOLDER_INVALID.
 */
export async function readRun(folder: string): Promise<RunRecord> {
  const opening = await readOpening(folder);
  try {
    const entries = await readJournal(folder);
    const known = entries.length === 0 ? 'missing' : replay(entries, opening.plan);
    return await readTrials(folder, opening, known);
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code !== 'JOURNAL_CORRUPT') throw error;
    return await readTrials(folder, opening, 'damaged');
  }
}

/** Reads the ended trials of a run, according to its journal, or to their own folders if there is none. */
export async function readTrials(
  folder: string,
  { manifest, experiment, plan }: Pick<RunOpening, 'manifest' | 'experiment' | 'plan'>,
  journal: ReplayedRun | 'missing' | 'damaged',
): Promise<RunRecord> {
  const state = typeof journal === 'string' ? undefined : journal;
  const blocks = state?.blocks ?? plan.blocks;
  const trials = [];
  for (const trial of trialsOf({ blocks }).flatMap((one) => [one, retryOf(one)])) {
    const stored =
      state === undefined
        ? await readOutcome(folder, trial)
        : (state.ended.get(trial.id) ?? state.canceled.get(trial.id));
    if (stored === undefined) continue;
    const evidence = { ...(await readEvidence(folder, trial)), offered: stored.offered };
    const { knobs } = trial.configuration;
    const measurement = measureEvidence(evidence, knobs, experiment.measurement);
    trials.push({ trial, ...stored, measurement });
  }
  const running = (await lockHolder(lockFileOf(folder))) !== undefined;
  return {
    manifest,
    experiment,
    plan,
    state: running ? 'running' : (state?.end ?? 'crashed'),
    journal: typeof journal === 'string' ? journal : 'whole',
    resumes: state?.resumes ?? [],
    blocks,
    trials,
  };
}
