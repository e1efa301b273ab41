import type { DataSpec } from '../model/experiment.js';
import { generateCalls } from './generate-calls.js';
import { readSample } from './police-call.js';
import { readCalls } from './read-calls.js';

/** The records of a dataset, encoded for Kafka. */
export function recordsOf(data: DataSpec): Iterable<Buffer> | AsyncIterable<Buffer> {
  return data.kind === 'generated'
    ? generateCalls({ sample: readSample(), records: data.records, seed: data.seed })
    : readCalls({
        path: data.path,
        ...(data.records === undefined ? {} : { maxRecords: data.records }),
      });
}
