/** Which of Spark's executors a trial on a cluster ran with, in the order in which the driver learned of it. */
export interface ExecutorsSeen {
  readonly gained: readonly SeenExecutor[];
  /** Before the job's own end, and for a reason that is not its own. */
  readonly lost: readonly (Pick<SeenExecutor, 'id' | 'host'> & { readonly why: string })[];
}

interface SeenExecutor {
  readonly id: string;
  readonly host: string;
  /** As a standalone master grants them; absent where the driver's log does not tell. */
  readonly cores?: number;
  /** Batches that had ended when it came; absent if none had. */
  readonly afterBatches?: number;
}

/** How much a trial ran with. */
export interface ExecutorTotal {
  readonly executors: number;
  /** Of all of them; null if that of one is not known. */
  readonly cores: number | null;
}

/** A counted trial with less than another that asks the cluster for the same; `hosts`: those that gave it fewer, or none. */
export interface SmallerTrial {
  readonly trial: string;
  readonly ran: ExecutorTotal;
  readonly had: ExecutorTotal;
  readonly hosts: readonly string[];
}

/** Batches of a trial that never count, whatever its warm-up. */
const uncountedBatches = 3;

/** Whether batches that may count had ended before an executor came. */
export function isLate({ afterBatches = 0 }: Pick<SeenExecutor, 'afterBatches'>): boolean {
  return afterBatches > uncountedBatches;
}

/** The executors that a trial had from its first batches on, and did not lose. */
export function totalOf(seen: ExecutorsSeen): ExecutorTotal {
  const kept = keptOf(seen);
  return { executors: kept.length, cores: coresOf(kept) };
}

/** The cores of all of them; null if that of one is not known. */
export function coresOf(executors: readonly Pick<SeenExecutor, 'cores'>[]): number | null {
  const cores = executors.reduce((sum, one) => sum + (one.cores ?? NaN), 0);
  return Number.isNaN(cores) ? null : cores;
}

/** The hosts that executors ran on, each once. */
export function hostsOf({ gained }: ExecutorsSeen): string[] {
  return [...new Set(gained.map(({ host }) => host))];
}

/** The hosts that gave the first of two trials more executors than the second, each once. */
export function hostsMissing(before: ExecutorsSeen, now: ExecutorsSeen): string[] {
  const countOn = (seen: ExecutorsSeen, host: string) =>
    keptOf(seen).filter((one) => one.host === host).length;
  return hostsOf(before).filter((host) => countOn(before, host) > countOn(now, host));
}

function keptOf({ gained, lost }: ExecutorsSeen): readonly SeenExecutor[] {
  return gained.filter((one) => !isLate(one) && !lost.some(({ id }) => id === one.id));
}
