import type { Assignment } from '../model/knob.js';
import type { Measurement, MeasurementWarning } from '../model/measurement.js';

/**
 * What Spark's own plan of a batch says against the knobs: a setting that only seemed to be set. The number of tasks
 * of the stateful stage rules a trial out; that of the reading one is a warning, as a partition without new records
 * has no task.
 */
export function planFigures(
  knobs: Assignment,
  { shufflePartitions, stageTasks }: Pick<Measurement, 'shufflePartitions' | 'stageTasks'>,
): { readonly problem: string | undefined; readonly warnings: readonly MeasurementWarning[] } {
  const asked = knobs['spark.sql.shuffle.partitions'] ?? null;
  const differs =
    asked !== null && shufflePartitions !== null && Number(asked) !== shufflePartitions;
  return {
    problem: differs
      ? `spark.sql.shuffle.partitions was asked to be ${String(asked)}, but the stateful stage ran with ${String(shufflePartitions)}`
      : undefined,
    warnings: readingTasks(knobs, stageTasks),
  };
}

function readingTasks(
  knobs: Assignment,
  stageTasks: Measurement['stageTasks'],
): MeasurementWarning[] {
  const tasks = stageTasks?.[0];
  if (tasks === undefined || (knobs['source.maxRecordsPerPartition'] ?? null) !== null) return [];
  const partitions = Number(knobs['topic.partitions'] ?? 1);
  const wanted = Math.max(partitions, Number(knobs['source.minPartitions'] ?? 0));
  return tasks === wanted ? [] : [{ kind: 'reading-tasks', tasks, wanted }];
}
