import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Experiment } from '../model/experiment.js';
import { HarnessError, messageOf } from '../model/harness-error.js';
import { parseExperiment } from './parse-experiment.js';

/**
 * Reads an experiment file; a relative data path is taken from the file's own folder.
 * Throws EXPERIMENT_UNREADABLE or EXPERIMENT_INVALID.
 */
export async function readExperiment(file: string): Promise<Experiment> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new HarnessError({
      code: 'EXPERIMENT_UNREADABLE',
      message: `${file} cannot be read: ${messageOf(error)}.`,
      hint: 'Give the path of an experiment file, for example experiments/quick.yaml.',
      cause: error,
    });
  }
  const experiment = parseExperiment({ text, file });
  const { data } = experiment;
  if (data.kind === 'generated') return experiment;
  return { ...experiment, data: { ...data, path: resolve(dirname(file), data.path) } };
}
