import type { DataSpec, DataSurvey, TopicData } from '../model/experiment.js';
import { HarnessError } from '../model/harness-error.js';
import { sizeOfDataFile } from './data-file.js';
import { readCalls } from './read-calls.js';

/** A larger file is not read to its end, as nobody waits for a plan. */
const countedBytes = 20_000_000;
/** Records that the size of the others is estimated from. */
const sampleRecords = 5_000;

/**
 * Finds how many records a dataset has: those of a file are counted, or estimated from its size if it is large. Throws
 * DATA_UNREADABLE, and DATA_INVALID for what it reads, or if there is no record.
 */
export async function surveyData(
  data: Exclude<DataSpec, TopicData>,
  most: { readonly countedBytes: number } = { countedBytes },
): Promise<DataSurvey> {
  if (data.kind !== 'file') return { records: data.records, how: 'declared' };
  const size = await sizeOfDataFile(data.path);
  const wanted = data.records ?? Infinity;
  const whole = size <= most.countedBytes;
  let bytes = 0;
  let records = 0;
  const limit = whole ? wanted : Math.min(wanted, sampleRecords);
  const onRead = (length: number) => {
    bytes += length;
  };
  const given = { path: data.path, anySchema: data.anySchema === true, maxRecords: limit, onRead };
  for await (const record of readCalls(given)) {
    records += record.length > 0 ? 1 : 0;
  }
  if (records === 0) throw empty(data.path);
  if (whole || records === wanted || bytes >= size) return { records, how: 'counted' };
  const estimate = Math.round((records * size) / bytes);
  return { records: Math.min(wanted, estimate), how: 'estimated' };
}

function empty(path: string): HarnessError {
  return new HarnessError({
    code: 'DATA_INVALID',
    message: `${path} holds no record.`,
    hint: 'Give a JSON array, or a file with a record in each line.',
  });
}
