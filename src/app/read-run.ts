import { retryOf, trialsOf } from '../model/plan.js';
import type { RunRecord } from '../model/run-record.js';
import { readJournal } from '../store/journal.js';
import { readOpening } from '../store/run-folder.js';
import { readOutcome, readTrialLines } from '../store/trial-folder.js';
import { replay } from './replay.js';
import { toTrialRecord } from './trial-record.js';

/**
 * Reads a run, finished or not, from its folder; measures every ended trial anew. The journal says which have ended;
 * without one that can be read, the trials' own folders do.
 */
export async function readRun(folder: string): Promise<RunRecord> {
  const { manifest, experiment, plan } = await readOpening(folder);
  const entries = await readJournal(folder).catch(() => []);
  const { ended, canceled } = replay(entries);
  const trials = [];
  for (const trial of trialsOf(plan).flatMap((one) => [one, retryOf(one)])) {
    const end =
      entries.length === 0
        ? await readOutcome(folder, trial)
        : (ended.get(trial.id) ?? canceled.get(trial.id));
    if (end === undefined) continue;
    const lines = await readTrialLines(folder, trial);
    trials.push(toTrialRecord({ trial, ...end, ...lines }, experiment.measurement));
  }
  return { manifest, experiment, plan, trials };
}
