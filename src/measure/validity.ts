import type { Measurement, MeasurementWarning } from '../model/measurement.js';
import type { Outcome } from '../model/outcome.js';

/**
 * Whether a trial that ended well may count, decided from what it reported and before looking at its
 * throughput; `planProblem` is what Spark's own plan says against the knobs (docs/method.md, "When a trial counts"). `insufficient` trials would be so again; the others are retried.
 */
export function judgeValidity(
  outcome: Outcome,
  measurement: Measurement | null,
  planProblem?: string,
): Outcome {
  if (outcome.kind !== 'succeeded') return outcome;
  if (measurement === null) {
    return { kind: 'invalid', reason: 'no progress event came', infrastructure: true };
  }
  if (planProblem !== undefined) return { kind: 'invalid', reason: planProblem };
  for (const warning of measurement.warnings) {
    const reason = reasonOf(warning);
    if (reason === undefined) continue;
    return warning.kind === 'few-batches'
      ? { kind: 'invalid', reason, insufficient: true }
      : { kind: 'invalid', reason, infrastructure: true };
  }
  if (measurement.rowsPerSecond === null) {
    return {
      kind: 'invalid',
      reason:
        'no batch reports how long it took (durationMs.triggerExecution), so there is no throughput',
    };
  }
  return outcome;
}

/** Why a warning rules a trial out; undefined for one that only has to be known. */
function reasonOf(warning: MeasurementWarning): string | undefined {
  switch (warning.kind) {
    case 'few-batches':
      return `insufficient: only ${String(warning.counted)} batches after the warm-up, fewer than ${String(warning.wanted)}; use more records, a smaller maxOffsetsPerTrigger or a longer window`;
    case 'missing-batches':
      return `progress events are missing after batch ${String(warning.after)}`;
    case 'repeated-batch':
      return `batch ${String(warning.batchId)} was reported twice`;
    case 'offset-mismatch':
      return `the batches report ${String(warning.inputRows)} rows, the Kafka offsets ${String(warning.offsetRows)}`;
    case 'producer-behind':
      return `the producer kept only ${(100 * warning.keptShare).toFixed(1)} % of its schedule`;
    case 'still-warming':
    case 'reading-tasks':
    case 'dropped-late-rows':
      return undefined;
  }
}
