import type { QueryProgress } from '../../model/trial/query-progress.js';

/** Formats a progress event as the listener in a real job writes it: one line of NDJSON, with Spark's field names. */
export function progressLine(progress: QueryProgress): string {
  const { startedAt, durationMs, sources, ...same } = progress;
  const rounded = Object.entries(durationMs).map(([phase, ms]) => [phase, Math.round(ms)] as const);
  return JSON.stringify({
    at: Math.round(startedAt + (durationMs['triggerExecution'] ?? 0)),
    event: 'progress',
    progress: {
      ...same,
      timestamp: new Date(startedAt).toISOString(),
      durationMs: Object.fromEntries(rounded),
      sources: sources.map(({ description, startOffset, endOffset }) => ({
        description,
        startOffset: byTopic(startOffset),
        endOffset: byTopic(endOffset),
      })),
    },
  });
}

/** Converts `{"topic-0": 12}` to `{"topic": {"0": 12}}`. */
function byTopic(
  offsets: Readonly<Record<string, number>>,
): Record<string, Record<string, number>> {
  const topics: Record<string, Record<string, number>> = {};
  for (const [name, offset] of Object.entries(offsets)) {
    const dash = name.lastIndexOf('-');
    const topic = name.slice(0, dash);
    topics[topic] = { ...topics[topic], [name.slice(dash + 1)]: offset };
  }
  return topics;
}
