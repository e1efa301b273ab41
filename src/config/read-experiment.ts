import { dirname, resolve } from 'node:path';
import type { Experiment } from '../model/experiment.js';
import { readSource } from './checked-source.js';
import { parseExperiment } from './parse-experiment.js';

/**
 * Reads an experiment file; a relative data path is taken from the file's own folder.
 * Throws EXPERIMENT_UNREADABLE or EXPERIMENT_INVALID.
 */
export async function readExperiment(
  file: string,
): Promise<{ readonly experiment: Experiment; readonly text: string }> {
  const source = await readSource(file, 'an experiment file, for example experiments/quick.yaml');
  const experiment = parseExperiment(source);
  const { text } = source;
  const { data } = experiment;
  if (data.kind === 'generated') return { experiment, text };
  const path = resolve(dirname(file), data.path);
  return { experiment: { ...experiment, data: { ...data, path } }, text };
}
