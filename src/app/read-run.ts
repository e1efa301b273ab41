import { retryOf, trialsOf } from '../model/plan.js';
import type { RunRecord } from '../model/run-record.js';
import { readOpening } from '../store/run-folder.js';
import { readTrial } from '../store/trial-folder.js';
import { toTrialRecord } from './trial-record.js';

/** Reads a run, finished or not, from its folder; measures every ended trial anew. */
export async function readRun(folder: string): Promise<RunRecord> {
  const { manifest, experiment, plan } = await readOpening(folder);
  const trials = [];
  for (const trial of trialsOf(plan).flatMap((one) => [one, retryOf(one)])) {
    const found = await readTrial(folder, trial);
    if (found === undefined) continue;
    const { stored, ...lines } = found;
    trials.push(toTrialRecord({ trial, ...stored, ...lines }, experiment.measurement));
  }
  return { manifest, experiment, plan, trials };
}
