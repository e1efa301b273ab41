/** Which of Spark's executors a trial on a cluster ran with, in the order in which the driver learned of it. */
export interface ExecutorsSeen {
  readonly gained: readonly SeenExecutor[];
  /** Before the job's own end, and for a reason that is not its own. */
  readonly lost: readonly (SeenExecutor & { readonly why: string })[];
}

interface SeenExecutor {
  readonly id: string;
  readonly host: string;
}

/** The hosts that executors ran on, each once. */
export function hostsOf({ gained }: ExecutorsSeen): string[] {
  return [...new Set(gained.map(({ host }) => host))];
}
