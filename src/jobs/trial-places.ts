import { join } from 'node:path';
import type { Experiment } from '../model/experiment.js';
import type { TrialFiles } from '../model/trial/job.js';

/** Where a trial's job keeps its checkpoint and writes its output: a path, or a URI where executors share a folder. */
export function trialPlaces(
  { directory, scratch, shared }: TrialFiles,
  { keep }: Pick<Experiment['job'], 'keep'>,
): { readonly checkpoint: string; readonly output: string } {
  if (shared !== undefined) {
    return { checkpoint: `${shared}/checkpoint`, output: `${shared}/output` };
  }
  return {
    checkpoint: join(scratch, 'checkpoint'),
    output: join(keep === 'output' ? directory : scratch, 'output'),
  };
}
