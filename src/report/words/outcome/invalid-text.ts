import type { InvalidCause } from '../../../model/trial/outcome.js';
import { gapText } from '../wording.js';
import { fewerText, lostText } from './executors-text.js';
import { scriptText } from './script-text.js';

const told = {
  'no-progress-event': 'Spark reported no progress event',
  'no-batch-times':
    'no batch reports how long it took (durationMs.triggerExecution), so there is no throughput',
  'dropped-events': 'Spark dropped progress events from its listener queue',
  'driver-lost': 'its driver ended in the turn of another trial',
} as const;

/** Why a trial whose job ended does not count, in one line. */
export function invalidText(cause: InvalidCause): string {
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
    case 'no-batch-times':
    case 'dropped-events':
    case 'driver-lost':
      return told[cause.kind];
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
