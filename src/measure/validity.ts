import type { Measurement, MeasurementWarning } from '../model/measurement.js';
import type { Outcome } from '../model/outcome.js';

/**
 * Whether a trial that ended well may count, decided from what it reported and before looking at its
 * throughput (docs/method.md, "When a trial counts"). `insufficient` trials would be so again; the others are retried.
 */
export function judgeValidity(outcome: Outcome, measurement: Measurement | null): Outcome {
  if (outcome.kind !== 'succeeded') return outcome;
  if (measurement === null) {
    return { kind: 'invalid', reason: 'no progress event came', infrastructure: true };
  }
  for (const warning of measurement.warnings) {
    const reason = reasonOf(warning);
    if (reason === undefined) continue;
    return warning.kind === 'few-batches'
      ? { kind: 'invalid', reason, insufficient: true }
      : { kind: 'invalid', reason, infrastructure: true };
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
    case 'dropped-late-rows':
      return undefined;
  }
}
