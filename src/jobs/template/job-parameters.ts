import { knobsOfScope, type Assignment } from '../../model/knob.js';

export const aggregations = ['by-type', 'by-type-window', 'join'] as const;
export const sinks = ['console', 'noop', 'memory', 'parquet', 'kafka'] as const;
export const outputModes = ['append', 'complete', 'update'] as const;

/** What `data_stream.py` is rendered from, except the places of one trial. */
export interface JobParameters {
  readonly aggregation: (typeof aggregations)[number];
  readonly sink: (typeof sinks)[number];
  readonly outputMode: (typeof outputModes)[number];
  readonly window: string;
  readonly watermark: string;
  readonly outputTopic: string | undefined;
  readonly sourceOptions: ReadonlyMap<string, string>;
  readonly triggerArgument: string;
  readonly triggerValue: string | boolean;
  /** Whether the query stops once the backlog is read. */
  readonly endsByItself: boolean;
}

/**
 * Derives the template's parameters from a configuration's knobs, with defaults filled in. An endless query, which
 * reads an offered load, does not stop when it has read everything available.
 */
export function jobParameters(
  knobs: Assignment,
  {
    endless = false,
    startingOffsets = 'earliest',
  }: { readonly endless?: boolean; readonly startingOffsets?: string | undefined } = {},
): JobParameters {
  const job = knobsOfScope(knobs, 'job');
  const sink = sinks.find((name) => name === job.get('sink')) ?? 'noop';
  const mode = outputModes.find((name) => name === job.get('outputMode'));
  const [triggerArgument, triggerValue] = triggerOf(knobs, endless);
  return {
    aggregation: aggregations.find((name) => name === job.get('aggregation')) ?? 'by-type-window',
    sink,
    outputMode: mode ?? (sink === 'parquet' ? 'append' : 'update'),
    window: job.get('window') ?? '1 hour',
    watermark: job.get('watermark') ?? '1 hour',
    outputTopic: job.get('outputTopic'),
    sourceOptions: new Map([
      ['startingOffsets', startingOffsets],
      ...knobsOfScope(knobs, 'source'),
    ]),
    triggerArgument,
    triggerValue,
    endsByItself: triggerArgument === 'availableNow' || triggerArgument === 'once',
  };
}

function triggerOf(knobs: Assignment, endless: boolean): [string, string | boolean] {
  for (const [name, value] of knobsOfScope(knobs, 'trigger')) {
    if (value === 'false') continue;
    return [name, value === 'true' ? true : value];
  }
  return endless ? ['processingTime', '0 seconds'] : ['availableNow', true];
}
