import type { Assignment } from '../model/knob.js';
import type { Measurement, MeasurementWarning } from '../model/trial/measurement.js';
import type { InvalidCause } from '../model/trial/outcome.js';
import type { QueryProgress } from '../model/trial/query-progress.js';

/**
 * Whether the stateful stage had another number of tasks than requested: the setting had no effect, which invalidates
 * the trial.
 */
export function tasksThatDiffer(
  knobs: Assignment,
  { shufflePartitions: tasks }: Pick<Measurement, 'shufflePartitions'>,
): InvalidCause | undefined {
  const asked = knobs['spark.sql.shuffle.partitions'] ?? null;
  return asked === null || tasks === null || Number(asked) === tasks
    ? undefined
    : { kind: 'tasks-differ', asked: String(asked), tasks };
}

/**
 * Whether the reading stage had another number of tasks than requested. Only a warning, since a partition without new
 * records has no task. `last`: the last batch, which tells the partitions of a topic that streamtune has not made.
 */
export function readingTaskWarnings(
  knobs: Assignment,
  stageTasks: Measurement['stageTasks'],
  last?: Pick<QueryProgress, 'sources'>,
): MeasurementWarning[] {
  const tasks = stageTasks?.[0];
  if (tasks === undefined || (knobs['source.maxRecordsPerPartition'] ?? null) !== null) return [];
  const partitions = Number(knobs['topic.partitions'] ?? partitionsOf(last));
  const wanted = Math.max(partitions, Number(knobs['source.minPartitions'] ?? 0));
  return tasks === wanted ? [] : [{ kind: 'reading-tasks', tasks, wanted }];
}

function partitionsOf(last: Pick<QueryProgress, 'sources'> | undefined): number {
  const counts = (last?.sources ?? []).map(({ endOffset }) => Object.keys(endOffset).length);
  return Math.max(1, ...counts);
}
