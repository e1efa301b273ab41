import type { ProgressEvent, QueryIdentity } from '../model/trial/progress-event.js';
import type {
  QueryProgress,
  SourceProgress,
  StateOperatorProgress,
} from '../model/trial/query-progress.js';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * Parses one line of progress NDJSON; undefined for a torn line or one of another kind. Spark 3.5 and 4.0 differ in
 * their fields and leave out what is empty, NaN or infinite (sql/api `progress.scala` of each line), so only runId,
 * batchId and timestamp are required.
 */
export function parseProgressLine(line: string): ProgressEvent | undefined {
  const fields = asFields(parseJson(line));
  if (fields === undefined) return undefined;
  const at = asNumber(fields['at']) ?? 0;
  switch (fields['event']) {
    case 'progress': {
      const progress = readTold(fields);
      return progress === undefined ? undefined : { kind: 'progress', at, progress };
    }
    case 'terminated':
      return {
        kind: 'terminated',
        at,
        exception: asText(fields['exception']) ?? null,
        ...runIdOf(fields),
      };
    case 'tasks':
      return { kind: 'tasks', at, stages: asNumbers(fields['stages']), ...runIdOf(fields) };
    case 'locality':
      return { kind: 'locality', at, tasks: readNumbers(fields['tasks']) };
    case 'started':
      return { kind: 'started', at, ...queryOf(fields) };
    case 'idle':
      return { kind: 'idle', at, ...runIdOf(fields) };
    default:
      return undefined;
  }
}

/**
 * Reads the progress that a line of the listener tells. Spark begins the trigger of a query that is held, and counts what it
 * waits; here the batch begins when the query is released.
 */
export function readTold(fields: Fields): QueryProgress | undefined {
  const progress = readProgress(fields['progress']);
  const heldMs = asNumber(fields['heldMs']);
  if (progress === undefined || heldMs === undefined) return progress;
  const { startedAt, durationMs } = progress;
  const whole = durationMs['triggerExecution'];
  return {
    ...progress,
    startedAt: startedAt + heldMs,
    durationMs:
      whole === undefined
        ? durationMs
        : { ...durationMs, triggerExecution: Math.max(0, whole - heldMs) },
    heldMs,
  };
}

function runIdOf(fields: Fields): { readonly runId?: string } {
  const runId = asText(fields['runId']);
  return runId === undefined ? {} : { runId };
}

function queryOf(fields: Fields): { readonly query?: QueryIdentity } {
  const id = asText(fields['id']);
  const runId = asText(fields['runId']);
  if (id === undefined || runId === undefined) return {};
  const turn = asNumber(fields['turn']);
  const name = asText(fields['name']) ?? null;
  return { query: { id, runId, name, ...(turn === undefined ? {} : { turn }) } };
}

/** Reads the progress of one batch from its JSON, as Spark writes it in any log; undefined without its identity. */
export function readProgress(json: unknown): QueryProgress | undefined {
  const fields = asFields(json);
  const runId = asText(fields?.['runId']);
  const batchId = asNumber(fields?.['batchId']);
  const startedAt = Date.parse(asText(fields?.['timestamp']) ?? '');
  if (fields === undefined || runId === undefined || batchId === undefined) return undefined;
  if (Number.isNaN(startedAt)) return undefined;
  const sources = asList(fields['sources']).map(readSource);
  const numOutputRows = asNumber(asFields(fields['sink'])?.['numOutputRows']);
  const name = asText(fields['name']);
  const eventTime = readEventTime(asFields(fields['eventTime']));
  return {
    runId,
    ...(name === undefined ? {} : { name }),
    batchId,
    startedAt,
    // Event logs leave out the sum, but the sources have it.
    numInputRows: asNumber(fields['numInputRows']) ?? sum(sources.map((s) => s.numInputRows ?? 0)),
    durationMs: readNumbers(fields['durationMs']),
    stateOperators: asList(fields['stateOperators']).map(readStateOperator),
    sources,
    ...(numOutputRows === undefined ? {} : { numOutputRows }),
    ...(eventTime === undefined ? {} : { eventTime }),
  };
}

/** Spark's watermark is 1970 until rows have moved it. */
function readEventTime(fields: Fields | undefined): QueryProgress['eventTime'] {
  const [watermark, max] = ['watermark', 'max'].map((key) =>
    Date.parse(asText(fields?.[key]) ?? ''),
  );
  if (watermark === undefined || Number.isNaN(watermark)) return undefined;
  return { watermark, ...(max === undefined || Number.isNaN(max) ? {} : { max }) };
}

function readSource(fields: Fields): SourceProgress {
  const numInputRows = asNumber(fields['numInputRows']);
  return {
    description: asText(fields['description']) ?? '',
    ...(numInputRows === undefined ? {} : { numInputRows }),
    startOffset: readOffsets(fields['startOffset']),
    endOffset: readOffsets(fields['endOffset']),
  };
}

function readStateOperator(fields: Fields): StateOperatorProgress {
  const optional = [
    'numRowsTotal',
    'numRowsDroppedByWatermark',
    'numShufflePartitions',
    'memoryUsedBytes',
    'allUpdatesTimeMs',
    'allRemovalsTimeMs',
    'commitTimeMs',
  ] as const;
  const found: Partial<Record<(typeof optional)[number], number>> = {};
  for (const name of optional) {
    const value = asNumber(fields[name]);
    if (value !== undefined) found[name] = value;
  }
  const store = storeOf(asFields(fields['customMetrics']));
  return {
    operatorName: asText(fields['operatorName']) ?? '',
    ...(store === undefined ? {} : { store }),
    ...found,
  };
}

/** Each kind of store has metrics of its own (Spark's `supportedCustomMetrics`). */
function storeOf(metrics: Fields = {}): StateOperatorProgress['store'] {
  if ('rocksdbGetCount' in metrics) return 'rocksdb';
  return 'loadedMapCacheHitCount' in metrics ? 'heap' : undefined;
}

/** Converts `{"topic":{"0":12}}`, or the same as JSON in a string (event log), to `{"topic-0":12}`. */
function readOffsets(value: unknown): Record<string, number> {
  const topics = asFields(typeof value === 'string' ? parseJson(value) : value) ?? {};
  const offsets: Record<string, number> = {};
  for (const [topic, partitions] of Object.entries(topics)) {
    for (const [partition, offset] of Object.entries(readNumbers(partitions))) {
      offsets[`${topic}-${partition}`] = offset;
    }
  }
  return offsets;
}

function readNumbers(value: unknown): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [key, entry] of Object.entries(asFields(value) ?? {})) {
    const number = asNumber(entry);
    if (number !== undefined) numbers[key] = number;
  }
  return numbers;
}

/** The value of a JSON text; undefined if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : undefined;
}

function asList(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(asFields).filter((entry) => entry !== undefined) : [];
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function asNumbers(value: unknown): number[] {
  return (Array.isArray(value) ? value : []).map(asNumber).filter((one) => one !== undefined);
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
