import type { TrialEnd } from '../../model/trial/executor.js';
import type { InvalidCause } from '../../model/trial/outcome.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import type { CommandResult } from '../../process/run-command.js';
import { classifyFailure } from '../../spark/classify-failure.js';

/** How a `spark-submit` ended: by itself, at its time limit, or on request. */
export function endOf(parts: {
  readonly ended: CommandResult | 'canceled';
  readonly events: readonly ProgressEvent[];
  readonly outOfMemory: boolean;
  readonly limitSeconds: number;
  /** If the job did nothing but wait for executors. */
  readonly waited?: TrialEnd | undefined;
}): TrialEnd {
  const { ended, events, outOfMemory, limitSeconds, waited } = parts;
  if (ended === 'canceled') return { kind: 'canceled' };
  if (ended.timedOut)
    return waited ?? withoutMemory(ended, limitSeconds) ?? { kind: 'timed-out', limitSeconds };
  const exception = exceptionIn(events);
  return ended.exitCode !== 0 || exception !== null
    ? classifyFailure({ ...ended, exception, outOfMemory })
    : { kind: 'ended' };
}

/** Signs in the output of `spark-submit` that events were lost. */
export function problemsIn(ended: CommandResult | 'canceled'): InvalidCause[] {
  const dropped = ended !== 'canceled' && ended.stderr.includes('Dropping event from queue');
  return dropped ? [{ kind: 'dropped-events' }] : [];
}

/** A JVM that ran out of memory may hang: its threads wait for one that has died. */
function withoutMemory(ended: CommandResult, limitSeconds: number): TrialEnd | undefined {
  const found = classifyFailure({ ...ended, exception: null });
  if (found.failureClass !== 'driver-out-of-memory') return undefined;
  const { cause } = found;
  return cause.kind === 'message'
    ? { ...found, cause: { ...cause, stoodStillSeconds: limitSeconds } }
    : found;
}

/** The exception that a query ended with; null if there was none. */
function exceptionIn(events: readonly ProgressEvent[]): string | null {
  const texts = events.map((event) => (event.kind === 'terminated' ? event.exception : null));
  return texts.find((text) => text !== null) ?? null;
}
