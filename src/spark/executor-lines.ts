/** What a line of the driver's log says of Spark's executors. */
export type ExecutorLine =
  | { readonly kind: 'gained'; readonly id: string; readonly host: string }
  | { readonly kind: 'lost'; readonly id: string; readonly host: string; readonly why: string }
  /** The master starts one; it may never register. */
  | { readonly kind: 'granted'; readonly id: string; readonly cores: number }
  /** No executor has registered yet, and Spark goes on waiting. */
  | { readonly kind: 'waiting' }
  /** YARN has not begun with the application: it waits in its queue. */
  | { readonly kind: 'queued' }
  /** The queue of YARN that it is in. */
  | { readonly kind: 'queue'; readonly queue: string }
  /** YARN has begun with the application. */
  | { readonly kind: 'admitted' };

const forms = {
  /** StandaloneSchedulerBackend, at INFO. */
  granted: /Granted executor ID \S+\/(\d+) on hostPort \S+ with (\d+) core/,
  /** CoarseGrainedSchedulerBackend, at INFO. */
  gained: /Registered executor \S+ \(([^)]+):\d+\) with ID (\S+?),? /,
  /** TaskSchedulerImpl, at ERROR, or at WARN where Spark knows why; YARN has a scheduler of its own. */
  lost: /\b(?:TaskSchedulerImpl|YarnScheduler): Lost executor (\S+) on (\S+): (.*)/,
  /** TaskSchedulerImpl, at WARN, every 15 s (`spark.starvation.timeout`) until the first task has run. */
  waiting: /Initial job has not accepted any resources/,
  /** The client of YARN, at INFO: when the state changes, and every 30 s. */
  state: /\bClient: Application report for \S+ \(state: (ACCEPTED|RUNNING)\)/,
  /** In the report that follows such a line. */
  queue: /^\s+queue: (\S+)/,
} as const;

const longestReason = 200;

/** Reads a line that Spark 3.5 or later writes; undefined for any other. */
export function executorLine(line: string): ExecutorLine | undefined {
  if (forms.waiting.test(line)) return { kind: 'waiting' };
  const [, grantedId, cores] = forms.granted.exec(line) ?? [];
  if (grantedId !== undefined) return { kind: 'granted', id: grantedId, cores: Number(cores) };
  const [, state] = forms.state.exec(line) ?? [];
  if (state !== undefined) return { kind: state === 'ACCEPTED' ? 'queued' : 'admitted' };
  const [, queue] = forms.queue.exec(line) ?? [];
  if (queue !== undefined) return { kind: 'queue', queue };
  const [, gainedHost, gainedId] = forms.gained.exec(`${line} `) ?? [];
  if (gainedHost !== undefined && gainedId !== undefined) {
    return { kind: 'gained', id: gainedId, host: gainedHost };
  }
  const [, id, host, why] = forms.lost.exec(line) ?? [];
  return id === undefined || host === undefined || why === undefined
    ? undefined
    : { kind: 'lost', id, host, why: why.slice(0, longestReason) };
}
