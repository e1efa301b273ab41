import { allocationOf, isLess } from '../measure/faults/fewer-executors.js';
import { hostsMissing, totalOf, type SmallerTrial } from '../model/executors-seen.js';
import { isSucceeded, type EndedTrial } from '../model/trial/ended-trial.js';

type OnCluster = EndedTrial & Required<Pick<EndedTrial, 'executors'>>;

/**
 * Trials that count although they ran with less than another that asks the cluster for the same: a trial is only judged
 * by those before it, and a worker may have come later.
 */
export function smallerTrials(trials: readonly EndedTrial[]): SmallerTrial[] {
  const counted = trials.filter(isOnCluster);
  const largest = new Map<string, OnCluster>();
  for (const one of counted) {
    const asked = allocationOf(one.trial.configuration.knobs);
    if (asked === undefined) continue;
    const before = largest.get(asked);
    if (before === undefined || sizeOf(one) > sizeOf(before)) largest.set(asked, one);
  }
  return counted.flatMap((one) => {
    const most = largest.get(allocationOf(one.trial.configuration.knobs) ?? '');
    if (most === undefined) return [];
    const [ran, had] = [totalOf(one.executors), totalOf(most.executors)];
    if (!isLess(ran, had)) return [];
    const hosts = hostsMissing(most.executors, one.executors);
    return [{ trial: one.trial.id, ran, had, hosts }];
  });
}

function isOnCluster(one: EndedTrial): one is OnCluster {
  return isSucceeded(one) && one.executors !== undefined;
}

/** Cores first, then executors, of which no cluster has a million. */
function sizeOf({ executors }: OnCluster): number {
  const { executors: count, cores } = totalOf(executors);
  return (cores ?? 0) * 1e6 + count;
}
