import type { TrialEvidence } from '../../model/trial/executor.js';
import type { InvalidCause } from '../../model/trial/outcome.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import { topicOf } from '../completeness.js';
import { decidingEvents, type QueryWanted } from '../deciding-query.js';

type Evidence = Pick<TrialEvidence, 'topic'> & { readonly events: readonly ProgressEvent[] };

/**
 * What the query that decides has read instead of the trial's topic, from its batches with rows; undefined if it has read
 * that topic, also beside others, or nothing from Kafka. A program that names its topic itself reads what happens to be
 * in it, and would be measured all the same.
 */
export function otherTopic(
  { events, topic }: Evidence,
  { query }: QueryWanted,
): Extract<InvalidCause, { kind: 'other-topic' }> | undefined {
  if (topic === undefined) return undefined;
  const read = new Set(decidingEvents(events, query).events.flatMap(topicsOf));
  if (read.size === 0 || read.has(topic)) return undefined;
  return { kind: 'other-topic', topic, read: [...read] };
}

function topicsOf(event: ProgressEvent): string[] {
  if (event.kind !== 'progress' || event.progress.numInputRows === 0) return [];
  return event.progress.sources
    .filter(({ description }) => description.startsWith('Kafka'))
    .flatMap(({ endOffset }) => Object.keys(endOffset).map(topicOf));
}
