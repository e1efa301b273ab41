import { heapBytesOf } from '../../knobs/value-problem.js';
import type { Resources } from '../../model/cost.js';
import { knobsOfScope, type Assignment } from '../../model/knob.js';
import { targetOf } from '../../model/target.js';

/**
 * The cores and heaps that a configuration asks for; null where that is not told by its knobs, as on a standalone cluster
 * without `spark.cores.max`, or with dynamic allocation. What Spark allocates besides (overhead, off-heap memory, the
 * driver's core on a cluster) is not counted. `processors`: of the machine, for `local[*]`.
 */
export function resourcesOf(knobs: Assignment, processors: number): Resources | null {
  const settings = knobsOfScope(knobs, 'spark');
  const driver = heapBytesOf(settings.get('spark.driver.memory'));
  const { kind, master } = targetOf(knobs);
  if (kind === 'local') return resources(localCores(master, processors), driver, 0);
  const heap = heapBytesOf(settings.get('spark.executor.memory'));
  if (kind === 'local-cluster') {
    const [workers, cores] = [...master.matchAll(/\d+/g)].map(([digits]) => Number(digits));
    return resources((workers ?? NaN) * (cores ?? NaN), driver, (workers ?? NaN) * heap);
  }
  if (settings.get('spark.dynamicAllocation.enabled') === 'true') return null;
  const executors = executorsOf(settings, kind === 'standalone');
  return resources(executors.cores, driver, executors.count * heap);
}

type Settings = ReadonlyMap<string, string>;

/** YARN and Kubernetes start two executors of one core unless they are told otherwise; a standalone cluster fills up. */
function executorsOf(
  settings: Settings,
  isStandalone: boolean,
): { readonly count: number; readonly cores: number } {
  const number = (key: string, fallback: number) => Number(settings.get(key) ?? fallback);
  const each = number('spark.executor.cores', isStandalone ? NaN : 1);
  if (!isStandalone) {
    const count = number('spark.executor.instances', 2);
    return { count, cores: count * each };
  }
  const most = number('spark.cores.max', number('spark.executor.instances', NaN) * each);
  return { count: Math.floor(most / each), cores: Math.floor(most / each) * each };
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
