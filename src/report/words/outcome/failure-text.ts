import type { ClusterThen, FailureCause } from '../../../model/trial/outcome.js';
import { megabytes, plural } from '../wording.js';
import { lostText } from './executors-text.js';

/** What happened to a failed trial, in one line. */
export function failureText(cause: FailureCause): string {
  switch (cause.kind) {
    case 'message':
      return cause.stoodStillSeconds === undefined
        ? cause.text
        : `${cause.text} (then it hung until its limit of ${String(cause.stoodStillSeconds)} s)`;
    case 'exit':
      return cause.signal === null
        ? `exit code ${String(cause.exitCode)}`
        : `ended by ${cause.signal}`;
    case 'killed':
      return cause.by === 'kernel'
        ? 'killed by the kernel: out of memory'
        : 'killed from outside (SIGKILL)';
    case 'stalled':
      return `no progress for ${String(cause.limitSeconds)} s (the stall limit)`;
    case 'batch-unfinished':
      return `a batch did not finish within ${String(cause.limitSeconds)} s (the batch limit)`;
    case 'batch-too-long':
      return `a batch took ${(cause.ms / 1_000).toFixed(1)} s, longer than the limit of ${String(cause.limitSeconds)} s`;
    case 'disk-reserve':
      return `only ${megabytes(cause.leftBytes)} left on the disk, less than the reserve of ${megabytes(cause.reserveBytes)}`;
    case 'memory-reserve':
      return `only ${megabytes(cause.leftBytes)} of memory left; the job held ${megabytes(cause.jobBytes)}`;
    case 'no-executors':
      if (cause.queue !== undefined) {
        return `YARN kept it in the queue ${cause.queue} for ${String(cause.waitedSeconds)} s and did not begin with it: the queue is full, or too small for it`;
      }
      return `the cluster gave it no executor, ${String(cause.waitedSeconds)} s after Spark began to say so: ${whyNone(cause.cluster)}`;
    case 'executors-gone':
      return `${lostText(cause)}, and none came in their place`;
  }
}

function whyNone(cluster: ClusterThen | undefined): string {
  if (cluster === undefined) return 'its workers lack room, or other applications hold it';
  if (cluster.workersAlive === 0) return 'none of its workers is alive';
  const held = cluster.holders.map(({ name, cores }) => `${name} (${plural(cores, 'core')})`);
  return held.length === 0
    ? `no application held it by then, so what its ${plural(cluster.workersAlive, 'worker')} had left was too little`
    : `its cores were held by ${held.join(', ')}`;
}
