import { readFileSync } from 'node:fs';
import type { Configuration } from '../../model/configuration.js';
import type { Experiment } from '../../model/experiment.js';
import { isSet, type Assignment } from '../../model/knob.js';

const limit = 'source.maxOffsetsPerTrigger';

/**
 * The configurations with the size of a batch that a script hard-codes, where no knob replaces it: what decides how many
 * batches a trial has.
 */
export function withHardCoded(
  configurations: readonly Configuration[],
  job: Experiment['job'],
): Configuration[] {
  const own: Assignment = job.kind === 'script' ? hardCodedIn(textOf(job.script)) : {};
  return configurations.map((one) =>
    isSet(one.knobs, limit) ? one : { ...one, knobs: { ...one.knobs, ...own } },
  );
}

/** `.option("maxOffsetsPerTrigger", 200)`, or as a key of a dictionary or an argument, if it is a number. */
export function hardCodedIn(text: string): Assignment {
  const found = /\bmaxOffsetsPerTrigger["']?\s*[,:=]\s*["']?(\d{1,12})\b/.exec(text)?.[1];
  return found === undefined ? {} : { [limit]: Number(found) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // a stored run may outlive its script
  }
}
