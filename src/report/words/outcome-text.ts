import type {
  ClusterThen,
  FailureCause,
  FailureClass,
  InvalidCause,
  Outcome,
} from '../../model/trial/outcome.js';
import type { ExecutorTotal } from '../../model/executors-seen.js';
import { oneLine } from '../../model/printable.js';
import { gapText, plural } from './wording.js';

/** Says in one line why a trial does not count; undefined if it succeeded. */
export function whyNotCounted(outcome: Outcome): string | undefined {
  const why = reasonOf(outcome);
  return why === undefined ? undefined : oneLine(why);
}

function reasonOf(outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case 'succeeded':
      return undefined;
    case 'failed':
      return `${outcome.failureClass}: ${failureText(outcome.cause)}${explained(outcome.failureClass)}`;
    case 'timed-out':
      return `did not finish within ${String(outcome.limitSeconds)} s`;
    case 'canceled':
      return 'interrupted';
    case 'invalid':
      return invalidText(outcome.cause);
  }
}

/** What a class of failures means, where Spark's own words do not say it. */
function explained(failureClass: FailureClass): string {
  if (failureClass === 'wrong-scala') {
    return " (the jar was built for another Scala than this Spark's, or for another Spark)";
  }
  return failureClass === 'class-missing'
    ? ' (neither the jar nor Spark holds it; build a jar with its libraries, or name them in spark.jars.packages)'
    : '';
}

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

/** Why a trial whose job ended does not count, in one line. */
function invalidText(cause: InvalidCause): string {
  switch (cause.kind) {
    case 'few-batches':
      return `insufficient: only ${String(cause.counted)} batches after the warm-up, fewer than ${String(cause.wanted)}; use more records, a smaller maxOffsetsPerTrigger or a longer window`;
    case 'missing-batches':
    case 'repeated-batch':
    case 'offset-mismatch':
      return gapText(cause);
    case 'producer-behind':
      return `the producer kept only ${(100 * cause.keptShare).toFixed(1)} % of its schedule`;
    case 'producer-failed':
      return `the producer failed: ${cause.text}`;
    case 'no-query':
    case 'query-elsewhere':
    case 'ended-early':
    case 'other-topic':
    case 'several-queries':
    case 'query-unknown':
      return scriptText(cause);
    case 'no-progress-event':
      return 'Spark reported no progress event';
    case 'no-batch-times':
      return 'no batch reports how long it took (durationMs.triggerExecution), so there is no throughput';
    case 'dropped-events':
      return 'Spark dropped progress events from its listener queue';
    case 'setting-differs':
      return `${cause.key} should be ${cause.asked}, but the session ran with ${cause.effective}${settingPlace(cause.where)}`;
    case 'tasks-differ':
      return `spark.sql.shuffle.partitions should be ${cause.asked}, but the stateful stage ran with ${String(cause.tasks)}`;
    case 'executors-lost':
      return lostText(cause);
    case 'fewer-executors':
      return fewerText(cause);
    case 'canary-died':
      return canaryText(cause);
    case 'clock':
      return clockText(cause);
  }
}

/** What a job's own code does that leaves nothing to measure, or too much. */
function scriptText(
  cause: Extract<
    InvalidCause,
    {
      kind:
        | 'no-query'
        | 'query-elsewhere'
        | 'ended-early'
        | 'other-topic'
        | 'several-queries'
        | 'query-unknown';
    }
  >,
): string {
  switch (cause.kind) {
    case 'no-query':
      return `the job ended without starting a streaming query${cause.caught === undefined ? '' : `; it caught ${cause.caught}`}`;
    case 'query-elsewhere':
      return `the script started no streaming query itself, but another process (${cause.child}), which cannot be observed; give that program as the script`;
    case 'ended-early':
      return 'the script ended while its query was running, before a batch was done; it has to wait, for example with query.awaitTermination()';
    case 'other-topic':
      return topicText(cause);
    case 'several-queries':
      return `the job started several queries (${cause.names.join(', ')}); name the one to measure in job.query`;
    case 'query-unknown':
      return `the job started no query named ${cause.wanted}, only ${cause.names.join(', ')}; correct job.query`;
  }
}

function topicText({ topic, read }: Extract<InvalidCause, { kind: 'other-topic' }>): string {
  const [first = ''] = read;
  const own = read.length === 1 ? `, or read that one as it is with data: { topic: ${first} }` : '';
  return `the job read ${read.join(', ')}, not the topic with the trial's records (${topic}): hand its topic over as \${kafka.topic} in job.args or job.env, in a script also by leaving source in job.override${own}`;
}

function settingPlace(where: string | undefined): string {
  return where === undefined
    ? ''
    : `; the script sets it (${where}), and job.override does not take in conf`;
}

function canaryText({
  exitCode,
  signal,
  jobWasStopped,
}: Extract<InvalidCause, { kind: 'canary-died' }>): string {
  const how = signal === null ? `died with exit code ${String(exitCode)}` : 'was killed';
  return jobWasStopped
    ? `the speed canary ${how} and left the job stopped; it was resumed`
    : `the speed canary ${how}`;
}

function clockText({ sleptMs, setMs }: Extract<InvalidCause, { kind: 'clock' }>): string {
  const seconds = (ms: number) => `${String(Math.round(Math.abs(ms) / 1_000))} s`;
  return [
    ...(sleptMs > 0 ? [`the machine slept for ${seconds(sleptMs)}`] : []),
    ...(setMs !== 0
      ? [`the clock was set ${setMs > 0 ? 'forward' : 'back'} by ${seconds(setMs)}`]
      : []),
  ].join(', and ');
}

function lostText({
  lost,
  host,
  why,
}: {
  readonly lost: number;
  readonly host: string;
  readonly why: string;
}): string {
  return `${plural(lost, 'executor')} lost, the last on ${host} (${why.replace(/\.$/, '')})`;
}

function fewerText({
  ran,
  had,
  trial,
  hosts,
}: Extract<InvalidCause, { kind: 'fewer-executors' }>): string {
  const where = hosts.length === 0 ? '' : `; fewer or none on ${hosts.join(', ')}`;
  return `ran with ${totalText(ran)}, but ${trial}, which asks the cluster for the same, had ${totalText(had)}${where}`;
}

/** `2 executors (4 cores)` */
export function totalText({ executors, cores }: ExecutorTotal): string {
  return `${plural(executors, 'executor')}${cores === null ? '' : ` (${plural(cores, 'core')})`}`;
}

function megabytes(bytes: number): string {
  return `${String(Math.round(bytes / 1e6))} MB`;
}
