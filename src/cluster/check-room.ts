import type { Configuration } from '../model/configuration.js';
import type { Assignment } from '../model/knob.js';
import { bytesOf } from '../knobs/value-problem.js';
import type { MasterView, WorkerView } from './ask-master.js';

/** What one executor takes of a worker. */
export interface ExecutorSize {
  readonly cores: number;
  readonly memoryMb: number;
}

/**
 * The least that Spark starts an executor with on a standalone cluster: its heap, and its cores. Without
 * spark.executor.cores it takes whatever a worker has free, from one core on (`Master.canLaunchExecutor`).
 */
export function executorSize(knobs: Assignment): ExecutorSize {
  const cores = Number(knobs['spark.executor.cores'] ?? knobs['spark.task.cpus'] ?? 1);
  const memory = String(knobs['spark.executor.memory'] ?? '1g');
  // A number alone is mebibytes here (Spark, `ConfigBuilder.bytesConf(ByteUnit.MiB)`).
  const bytes = /^\d+$/.test(memory) ? Number(memory) * 2 ** 20 : bytesOf(memory);
  return { cores, memoryMb: Math.ceil((bytes ?? 0) / 2 ** 20) };
}

/** Why a configuration would wait for an executor, as a sentence. */
export interface RoomProblem {
  readonly id: string;
  readonly text: string;
  /** Other applications hold what it needs; it may be free by then. */
  readonly isTaken: boolean;
}

/** The configurations for whose executors no worker has room, in their order. */
export function roomProblems(
  configurations: readonly Pick<Configuration, 'id' | 'knobs'>[],
  { workers, applications }: Pick<MasterView, 'workers' | 'applications'>,
): RoomProblem[] {
  const alive = workers.filter(({ isAlive }) => isAlive);
  return configurations.flatMap(({ id, knobs }): RoomProblem[] => {
    const size = executorSize(knobs);
    const most = Number(knobs['spark.cores.max'] ?? Infinity);
    if (most < size.cores) {
      const text = `spark.cores.max=${String(most)} is less than the ${cores(size.cores)} of one executor, so Spark starts none.`;
      return [{ id, text, isTaken: false }];
    }
    const needs = `one executor takes ${cores(size.cores)} and ${String(size.memoryMb)} MiB`;
    if (!alive.some(({ cores: has, memoryMb }) => fits(size, has, memoryMb))) {
      return [{ id, text: `${needs}; ${workersText(alive)}.`, isTaken: false }];
    }
    if (alive.some(({ coresFree, memoryFreeMb }) => fits(size, coresFree, memoryFreeMb))) return [];
    const names = applications.join(', ');
    return [
      {
        id,
        text: `${needs}, which others hold now${names === '' ? '' : ` (${names})`}.`,
        isTaken: true,
      },
    ];
  });
}

/** A configuration that would run with less than it asks for, as a sentence. */
export interface Shortage {
  readonly id: string;
  readonly text: string;
}

/** The configurations that ask for more cores than the workers have for them, in their order. */
export function shortages(
  configurations: readonly Pick<Configuration, 'id' | 'knobs'>[],
  { workers }: Pick<MasterView, 'workers'>,
): Shortage[] {
  const alive = workers.filter(({ isAlive }) => isAlive);
  return configurations.flatMap(({ id, knobs }) => {
    const { cores: each } = executorSize(knobs);
    const asked = Math.floor(Number(knobs['spark.cores.max'] ?? 0) / each) * each;
    const has = alive.reduce((sum, one) => sum + coresFor(knobs, one), 0);
    if (has === 0 || has >= asked) return [];
    const text = `it asks for ${cores(asked)} (spark.cores.max), and the workers have ${String(has)} for it, with which it will run.`;
    return [{ id, text }];
  });
}

/** Without spark.executor.cores, a worker gives one executor all that it has; with it, as many as fit. */
function coresFor(knobs: Assignment, worker: WorkerView): number {
  const { cores: each, memoryMb } = executorSize(knobs);
  const byMemory = Math.floor(worker.memoryMb / memoryMb);
  if (byMemory === 0) return 0;
  if (knobs['spark.executor.cores'] === undefined) return worker.cores;
  return Math.min(byMemory, Math.floor(worker.cores / each)) * each;
}

function fits(size: ExecutorSize, has: number, memoryMb: number): boolean {
  return has >= size.cores && memoryMb >= size.memoryMb;
}

function workersText(alive: readonly WorkerView[]): string {
  if (alive.length === 0) return 'no worker is alive';
  const most = (figures: readonly number[]) => Math.max(...figures);
  const has = cores(most(alive.map((one) => one.cores)));
  return `no worker has more than ${has} or ${String(most(alive.map(({ memoryMb }) => memoryMb)))} MiB`;
}

function cores(count: number): string {
  return `${String(count)} core${count === 1 ? '' : 's'}`;
}
