import type { DataSpec } from '../model/experiment.js';
import { generateCalls } from './generate-calls.js';
import { readSample } from './police-call.js';
import { readCalls } from './read-calls.js';

/** The records of a dataset, encoded for Kafka; `eventRate` is for generated ones. */
export function recordsOf(
  data: DataSpec,
  eventRate?: number,
): Iterable<Buffer> | AsyncIterable<Buffer> {
  if (data.kind === 'topic' || data.kind === 'command') {
    throw new Error(`the records of a ${data.kind} come from elsewhere`);
  }
  return data.kind === 'generated'
    ? generateCalls({ sample: readSample(), records: data.records, seed: data.seed, eventRate })
    : readCalls({
        path: data.path,
        anySchema: data.anySchema === true,
        ...(data.records === undefined ? {} : { maxRecords: data.records }),
      });
}
