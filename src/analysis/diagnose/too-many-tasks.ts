import type { Symptom } from '../../model/log/diagnosis.js';
import type { Evidence } from './evidence.js';

/** A task of fewer rows is mostly the cost of starting it and of its state store's files. */
const enoughRows = 1_000;
const fewTasks = 8;

/** More tasks in the stateful stage than a batch's rows can fill. */
export function tooManyTasks({ query, all }: Evidence): Symptom | undefined {
  const { shufflePartitions: tasks, rowsPerBatch } = query.measurement;
  if (tasks === null || rowsPerBatch === null || tasks < fewTasks) return undefined;
  const rowsPerTask = rowsPerBatch / tasks;
  if (rowsPerTask >= enoughRows) return undefined;
  return { kind: 'too-many-tasks', tasks, rowsPerTask, restored: (all[0]?.batchId ?? 0) > 0 };
}
