import type { Outcome } from '../model/outcome.js';
import type { Trial } from '../model/plan.js';
import type { TrialResult } from '../model/trial-executor.js';
import type { CommandResult } from '../process/run-command.js';
import { classifyFailure } from './classify-failure.js';
import { confMismatch } from './effective-conf.js';

/** How a `spark-submit` that ended by itself, or by its time limit, is to be called. */
export function outcomeOf(parts: {
  readonly ended: CommandResult | 'canceled';
  readonly exception: string | null;
  readonly outOfMemory: boolean;
  readonly trial: Trial;
  readonly limitSeconds: number;
  readonly effectiveConf: TrialResult['effectiveConf'];
}): Outcome {
  const { ended, exception, outOfMemory, trial, limitSeconds, effectiveConf } = parts;
  if (ended === 'canceled') return { kind: 'canceled' };
  if (ended.timedOut)
    return withoutMemory(ended, limitSeconds) ?? { kind: 'timed-out', limitSeconds };
  if (ended.exitCode !== 0 || exception !== null)
    return classifyFailure({ ...ended, exception, outOfMemory });
  if (ended.stderr.includes('Dropping event from queue')) {
    return {
      kind: 'invalid',
      reason: 'Spark dropped progress events from its listener queue',
      infrastructure: true,
    };
  }
  if (effectiveConf === null) {
    return { kind: 'invalid', reason: 'the job ended without having started a streaming query' };
  }
  const mismatch = confMismatch(trial.configuration.knobs, effectiveConf);
  return mismatch === undefined ? { kind: 'succeeded' } : { kind: 'invalid', reason: mismatch };
}

/** A JVM that ran out of memory need not end: its threads wait for one that is gone. */
function withoutMemory(ended: CommandResult, limitSeconds: number): Outcome | undefined {
  const found = classifyFailure({ ...ended, exception: null });
  if (found.failureClass !== 'driver-out-of-memory') return undefined;
  return {
    ...found,
    reason: `${found.reason} (it stood still until its limit of ${String(limitSeconds)} s)`,
  };
}

/** The exception that a query ended with, from the line that says so; null for every other line. */
export function exceptionOf(line: string): string | null {
  if (!line.includes('"terminated"')) return null;
  try {
    const event = JSON.parse(line) as { event?: string; exception?: string | null };
    return event.event === 'terminated' ? (event.exception ?? null) : null;
  } catch {
    return null;
  }
}
