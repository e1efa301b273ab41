import type { LoggedEvent } from '../../model/log/logged-event.js';
import {
  asFields,
  asText,
  parseJson,
  readProgress,
  readTold,
  type Fields,
} from '../parse-progress.js';

/** The words before the JSON of a batch in a driver log, of Spark 2.0 to 4.2. */
export const progressWords = 'Streaming query made progress: ';

/** What one JSON text of a log says; `broken` if it is meant to be progress and is not. */
type Found = {
  readonly events: readonly LoggedEvent[];
  readonly broken?: 'no-json' | 'no-progress';
};

/**
 * Reads a JSON text as it stands in a log: an event of Spark's event log, a line of streamtune's or of another listener,
 * the progress itself or a list of such, or a structured log message that holds it.
 */
export function readLoggedJson(text: string): Found {
  const value = parseJson(text);
  if (value === undefined) return { events: [], broken: 'no-json' };
  if (Array.isArray(value)) {
    const all = value.map((one) => readFields(asFields(one)));
    return { events: all.flatMap(({ events }) => events), ...all.find((one) => 'broken' in one) };
  }
  return readFields(asFields(value));
}

function readFields(fields: Fields = {}): Found {
  const isTold = asFields(fields['progress']) !== undefined;
  if (isTold || isProgress(fields)) {
    const progress = isTold ? readTold(fields) : readProgress(fields);
    if (progress !== undefined) return { events: [{ kind: 'progress', progress }] };
    return { events: [], broken: 'no-progress' };
  }
  const message = Object.values(fields).find(
    (value): value is string => typeof value === 'string' && value.includes(progressWords),
  );
  if (message !== undefined) {
    return readLoggedJson(message.slice(message.indexOf(progressWords) + progressWords.length));
  }
  const event = readStartOrEnd(fields);
  return { events: event === undefined ? [] : [event] };
}

function isProgress(fields: Fields): boolean {
  return 'batchId' in fields && ('durationMs' in fields || 'sources' in fields);
}

/** Spark's events are named by their class, the listener's by a word. */
function readStartOrEnd(fields: Fields): LoggedEvent | undefined {
  const runId = asText(fields['runId']);
  if (runId === undefined) return undefined;
  const event = asText(fields['event']) ?? asText(fields['Event'])?.split('$').at(-1);
  if (event === 'started' || event === 'QueryStartedEvent') {
    return { kind: 'started', runId, name: asText(fields['name']) ?? null };
  }
  if (event !== 'terminated' && event !== 'QueryTerminatedEvent') return undefined;
  return { kind: 'terminated', runId, exception: asText(fields['exception']) ?? null };
}
