import { callFields, type PoliceCall } from './police-call.js';
import { seededRandom } from '../model/seeded-random.js';

interface GenerateOptions {
  readonly sample: readonly PoliceCall[];
  /** Infinity for an endless stream. */
  readonly records: number;
  readonly seed: number;
  /** Records per second of event time; if absent, the sample's own times. */
  readonly eventRate?: number | undefined;
}

const dayMs = 86_400_000;

/**
 * Generates any number of calls as JSON, the same for the same seed. The content of a call (crime type, disposition,
 * address) is drawn from the whole sample, so that the joint distribution is the real one. The time runs through the
 * sample's own call times in order, pass after pass, each pass one day later: event time never goes back, so no
 * watermark drops a replayed record. With a rate of event time, record i is i / eventRate seconds after the first.
 */
export function* generateCalls({
  sample,
  records,
  seed,
  eventRate,
}: GenerateOptions): Generator<Buffer> {
  const random = seededRandom(seed);
  const times = sample.map((call) => Date.parse(`${call.call_date_time}Z`)).sort((a, b) => a - b);
  const parts = sample.map(prepare);
  const firstId = Math.max(...sample.map((call) => Number(call.crime_id)));
  for (let index = 0; index < records; index += 1) {
    const pass = Math.floor(index / times.length);
    const at =
      eventRate === undefined
        ? (times[index % times.length] ?? 0) + pass * dayMs
        : (times[0] ?? 0) + (1_000 * index) / eventRate;
    const part = parts[random.below(parts.length)];
    if (part === undefined) throw new Error('the sample of calls is empty');
    yield Buffer.from(writeCall(part, firstId + 1 + index, at));
  }
}

/** The JSON of a call except for the fields that change. */
interface CallText {
  readonly type: string;
  readonly rest: string;
}

function prepare(call: PoliceCall): CallText {
  const rest = callFields.slice(callFields.indexOf('disposition'));
  return {
    type: JSON.stringify(call.original_crime_type_name),
    rest: rest.map((field) => `"${field}":${JSON.stringify(call[field])}`).join(','),
  };
}

function writeCall({ type, rest }: CallText, id: number, at: number): string {
  const moment = new Date(at).toISOString();
  const date = `"${moment.slice(0, 10)}T00:00:00.000"`;
  return (
    `{"crime_id":"${String(id)}","original_crime_type_name":${type},"report_date":${date},` +
    `"call_date":${date},"offense_date":${date},"call_time":"${moment.slice(11, 16)}",` +
    `"call_date_time":"${moment.slice(0, 23)}",${rest}}`
  );
}
