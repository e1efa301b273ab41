import {
  hostsMissing,
  totalOf,
  type ExecutorsSeen,
  type ExecutorTotal,
} from '../../model/executors-seen.js';
import { knobsOfScope, type Assignment } from '../../model/knob.js';
import { isSucceeded, type EndedTrial } from '../../model/trial/ended-trial.js';
import type { InvalidCause } from '../../model/trial/outcome.js';

/** What a cluster manager decides by how many executors an application gets, and where. */
const deciding =
  /^spark\.(?:master|cores\.max|task\.cpus|memory\.offHeap\..+|executor\.(?:cores|instances|memory.*|pyspark\.memory|resource\..+)|(?:yarn|kubernetes)\..+)$/;

/**
 * What a configuration asks of a cluster, as one text: two that ask for the same are to get the same. Undefined where
 * Spark itself changes the number of executors while a query runs.
 */
export function allocationOf(knobs: Assignment): string | undefined {
  const settings = [...knobsOfScope(knobs, 'spark')];
  const isDynamic = settings.some(
    ([key, value]) => key === 'spark.dynamicAllocation.enabled' && value === 'true',
  );
  return isDynamic
    ? undefined
    : JSON.stringify(settings.filter(([key]) => deciding.test(key)).sort());
}

/** Whether the first is less than the second, in executors or in cores. */
export function isLess(one: ExecutorTotal, other: ExecutorTotal): boolean {
  const fewerCores = one.cores !== null && other.cores !== null && one.cores < other.cores;
  return one.executors < other.executors || fewerCores;
}

/**
 * Whether a trial ran with less than a counted one before it that asked the cluster for the same: a worker stayed away,
 * or another application holds it. Such a trial measures a smaller cluster, not its configuration.
 */
export function fewerExecutors(
  knobs: Assignment,
  executors: ExecutorsSeen | undefined,
  earlier: readonly EndedTrial[],
): Extract<InvalidCause, { kind: 'fewer-executors' }> | undefined {
  const asked = allocationOf(knobs);
  if (executors === undefined || asked === undefined) return undefined;
  const ran = totalOf(executors);
  for (const one of earlier) {
    if (!isSucceeded(one) || one.executors === undefined) continue;
    if (allocationOf(one.trial.configuration.knobs) !== asked) continue;
    const had = totalOf(one.executors);
    if (!isLess(ran, had)) continue;
    const hosts = hostsMissing(one.executors, executors);
    return { kind: 'fewer-executors', ran, had, trial: one.trial.id, hosts };
  }
  return undefined;
}
