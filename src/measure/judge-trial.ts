import type { TrialEvidence } from '../model/trial/executor.js';
import type { Assignment } from '../model/knob.js';
import type { MachineLoad } from '../model/trial/machine-load.js';
import type { Measurement, MeasurementWarning } from '../model/trial/measurement.js';
import type { InvalidCause, Outcome } from '../model/trial/outcome.js';
import { clockFault } from './clock-fault.js';
import { settingThatDiffers } from './setting-that-differs.js';
import { tasksThatDiffer } from './plan-figures.js';

/** What a trial is judged by. Its throughput does not matter here. */
interface Case {
  readonly knobs: Assignment;
  readonly evidence: Pick<TrialEvidence, 'end' | 'effectiveConf' | 'problems'>;
  readonly machine: MachineLoad | null;
  readonly measurement: Measurement | null;
}

/** Returns an outcome if it applies; undefined passes the trial on to the next rule. */
type Rule = (given: Case) => Outcome | undefined;

/** In order: the first that applies decides (docs/method.md, "When a trial counts"). */
const rules: readonly Rule[] = [
  failedOrCanceled,
  clockJumped,
  timedOut,
  problemBesideTheJob,
  noQuery,
  overriddenSetting,
  noProgress,
  otherTasks,
  incompleteProgress,
  noBatchTimes,
];

/** Decides from a trial's evidence whether it counts, and if not, why. */
export function judgeTrial(given: Case): Outcome {
  for (const rule of rules) {
    const outcome = rule(given);
    if (outcome !== undefined) return outcome;
  }
  return { kind: 'succeeded' };
}

function failedOrCanceled({ evidence: { end } }: Case): Outcome | undefined {
  return end.kind === 'failed' || end.kind === 'canceled' ? end : undefined;
}

function clockJumped({ machine }: Case): Outcome | undefined {
  const fault = clockFault(machine);
  return fault === undefined ? undefined : infrastructure(fault);
}

function timedOut({ evidence: { end } }: Case): Outcome | undefined {
  return end.kind === 'timed-out' ? end : undefined;
}

function problemBesideTheJob({ evidence: { problems } }: Case): Outcome | undefined {
  const [first] = problems;
  return first === undefined ? undefined : infrastructure(first);
}

function noQuery({ evidence: { effectiveConf } }: Case): Outcome | undefined {
  return effectiveConf === null ? { kind: 'invalid', cause: { kind: 'no-query' } } : undefined;
}

function overriddenSetting({ knobs, evidence: { effectiveConf } }: Case): Outcome | undefined {
  const cause = settingThatDiffers(knobs, effectiveConf ?? {});
  return cause === undefined ? undefined : { kind: 'invalid', cause };
}

function noProgress({ measurement }: Case): Outcome | undefined {
  return measurement === null ? infrastructure({ kind: 'no-progress-event' }) : undefined;
}

function otherTasks({ knobs, measurement }: Case): Outcome | undefined {
  const cause = measurement === null ? undefined : tasksThatDiffer(knobs, measurement);
  return cause === undefined ? undefined : { kind: 'invalid', cause };
}

function incompleteProgress({ measurement }: Case): Outcome | undefined {
  const cause = measurement?.warnings.find(spoils);
  if (cause === undefined) return undefined;
  // A retry would be too short as well, or would choose the trials in which the query let the producer keep up.
  if (cause.kind === 'few-batches') return { kind: 'invalid', cause, insufficient: true };
  return cause.kind === 'producer-behind' ? { kind: 'invalid', cause } : infrastructure(cause);
}

function noBatchTimes({ measurement }: Case): Outcome | undefined {
  return measurement?.rowsPerSecond === null
    ? { kind: 'invalid', cause: { kind: 'no-batch-times' } }
    : undefined;
}

/** Whether a warning invalidates a trial; the others are only reported. */
function spoils(warning: MeasurementWarning): warning is MeasurementWarning & InvalidCause {
  switch (warning.kind) {
    case 'few-batches':
    case 'missing-batches':
    case 'repeated-batch':
    case 'offset-mismatch':
    case 'producer-behind':
      return true;
    case 'still-warming':
    case 'reading-tasks':
    case 'dropped-late-rows':
      return false;
  }
}

function infrastructure(cause: InvalidCause): Outcome {
  return { kind: 'invalid', cause, infrastructure: true };
}
