import type { TrialEnd } from '../../model/trial/executor.js';
import type { ClusterThen } from '../../model/trial/outcome.js';

/** Adds to the end of a trial that got no executor what the master says of those who have them. */
export async function withHolders(
  end: TrialEnd,
  ask: () => Promise<ClusterThen | undefined> | undefined,
): Promise<TrialEnd> {
  if (end.kind !== 'failed' || end.cause.kind !== 'no-executors') return end;
  const cluster = await ask();
  return cluster === undefined ? end : { ...end, cause: { ...end.cause, cluster } };
}
