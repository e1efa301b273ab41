import { heapBytesOf } from '../../knobs/value-problem.js';
import type { Resources } from '../../model/cost.js';
import { totalOf, type ExecutorsSeen } from '../../model/executors-seen.js';
import { knobsOfScope, type Assignment } from '../../model/knob.js';
import { localClusterSize, targetOf, type TargetKind } from '../../model/target.js';

/** What is known of a trial beside its knobs. */
interface Known {
  /** Of the machine, for `local[*]`. */
  readonly processors: number;
  /** Those that a trial on a cluster ran with. */
  readonly executors?: ExecutorsSeen | undefined;
}

/**
 * The cores and heaps of a trial: what the master of a standalone cluster or of a `local-cluster` gave it, else what its
 * configuration asks for. Null where neither tells, or with dynamic allocation. What Spark allocates besides (overhead,
 * off-heap memory, the driver's core on a cluster) is not counted.
 */
export function resourcesOf(knobs: Assignment, known: Known): Resources | null {
  const settings = knobsOfScope(knobs, 'spark');
  const driver = heapBytesOf(settings.get('spark.driver.memory'));
  const { kind, master } = targetOf(knobs);
  if (kind === 'local') return resources(localCores(master, known.processors), driver, 0);
  const heap = heapBytesOf(settings.get('spark.executor.memory'));
  if (settings.get('spark.dynamicAllocation.enabled') === 'true') return null;
  const { count, cores } = executorsOf(kind, master, { settings, seen: known.executors });
  return resources(cores, driver, count * heap);
}

type Settings = ReadonlyMap<string, string>;

/** Executors, and the cores of all of them. */
interface Executors {
  readonly count: number;
  readonly cores: number;
}

function executorsOf(
  kind: TargetKind,
  master: string,
  { settings, seen }: { readonly settings: Settings; readonly seen: ExecutorsSeen | undefined },
): Executors {
  if (kind === 'standalone') return given(seen) ?? askedOfMaster(settings);
  return kind === 'local-cluster'
    ? (given(seen) ?? allOfLocalCluster(master))
    : askedByCount(settings);
}

/** What a trial had from its first batches on; undefined if the cores of an executor are not known. */
function given(seen: ExecutorsSeen | undefined): Executors | undefined {
  if (seen === undefined) return undefined;
  const { executors: count, cores } = totalOf(seen);
  return count === 0 || cores === null ? undefined : { count, cores };
}

/** A standalone master takes no count of executors: it fills up the workers, to `spark.cores.max` where that is set. */
function askedOfMaster(settings: Settings): Executors {
  const each = numberOf(settings, 'spark.executor.cores', NaN);
  const count = Math.floor(numberOf(settings, 'spark.cores.max', NaN) / each);
  return { count, cores: count * each };
}

/** One executor in each worker, with all that it has. */
function allOfLocalCluster(master: string): Executors {
  const { workers, cores } = localClusterSize(master);
  return { count: workers, cores: workers * cores };
}

/** YARN and Kubernetes start two executors of one core unless they are told otherwise. */
function askedByCount(settings: Settings): Executors {
  const count = numberOf(settings, 'spark.executor.instances', 2);
  return { count, cores: count * numberOf(settings, 'spark.executor.cores', 1) };
}

function numberOf(settings: Settings, key: string, fallback: number): number {
  return Number(settings.get(key) ?? fallback);
}

/** Threads of a local master: `local`, `local[2]`, `local[*]`, `local[4,2]`. */
function localCores(master: string, processors: number): number {
  const threads = /^local\[(\*|\d+)/.exec(master)?.[1];
  return threads === undefined ? 1 : threads === '*' ? processors : Number(threads);
}

function resources(cores: number, driver: number, executors: number): Resources | null {
  const memoryBytes = driver + executors;
  return Number.isFinite(cores) && Number.isFinite(memoryBytes) ? { cores, memoryBytes } : null;
}
