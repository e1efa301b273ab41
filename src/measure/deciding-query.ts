import type { Experiment, MeasurementSpec } from '../model/experiment.js';
import type { InvalidCause } from '../model/trial/outcome.js';
import type { ProgressEvent } from '../model/trial/progress-event.js';

/** The query that decides; undefined if the job has only one. */
export interface QueryWanted {
  readonly query?: string | undefined;
}

/** How an experiment's trials are measured, and which of their queries. */
export function measuredQuery({
  measurement,
  job,
}: Pick<Experiment, 'measurement' | 'job'>): MeasurementSpec & QueryWanted {
  return { ...measurement, query: job.kind === 'template' ? undefined : job.query };
}

/**
 * The events of the query that is measured: the one with the wanted name, or the only one. `problem`: there are several
 * to choose from, or none has that name.
 */
export function decidingEvents(
  events: readonly ProgressEvent[],
  wanted: string | undefined,
): { readonly events: readonly ProgressEvent[]; readonly problem?: InvalidCause } {
  const names = queryNames(events);
  const all = [...new Set(names.values())];
  if (wanted === undefined) {
    if (all.length < 2) return { events };
    return { events: [], problem: { kind: 'several-queries', names: all } };
  }
  if (all.length > 0 && !all.includes(wanted)) {
    return { events: [], problem: { kind: 'query-unknown', wanted, names: all } };
  }
  return { events: events.filter((event) => names.get(runIdOf(event) ?? '') === wanted) };
}

/** The name of each run of a query. One without a name is query-1, query-2, … in the order of their start. */
export function queryNames(events: readonly ProgressEvent[]): ReadonlyMap<string, string> {
  const ids: string[] = [];
  const names = new Map<string, string>();
  for (const event of events) {
    if (event.kind !== 'started' || event.query === undefined) continue;
    const { id, runId, name } = event.query;
    if (!ids.includes(id)) ids.push(id);
    names.set(runId, name ?? `query-${String(ids.indexOf(id) + 1)}`);
  }
  return names;
}

function runIdOf(event: ProgressEvent): string | undefined {
  if (event.kind === 'started') return event.query?.runId;
  return event.kind === 'progress' ? event.progress.runId : event.runId;
}
