import type { TrialEvidence } from '../model/trial/executor.js';
import type { EndedTrial } from '../model/trial/ended-trial.js';
import type { Assignment } from '../model/knob.js';
import type { MachineLoad } from '../model/trial/machine-load.js';
import type { Measurement, MeasurementWarning } from '../model/trial/measurement.js';
import type { InvalidCause, Outcome } from '../model/trial/outcome.js';
import { clockFault } from './faults/clock-fault.js';
import { fewerExecutors } from './faults/fewer-executors.js';
import { decidingEvents, type QueryWanted } from './deciding-query.js';
import { settingThatDiffers } from './faults/setting-that-differs.js';
import { otherTopic } from './faults/other-topic.js';
import { tasksThatDiffer } from './plan-figures.js';

/** What a trial is judged by. Its throughput does not matter here. */
interface Case extends QueryWanted {
  readonly knobs: Assignment;
  readonly evidence: Pick<
    TrialEvidence,
    'end' | 'effectiveConf' | 'executors' | 'problems' | 'script' | 'topic'
  > & {
    readonly events?: TrialEvidence['events'];
  };
  readonly machine: MachineLoad | null;
  readonly measurement: Measurement | null;
  /** The trials of the run that have ended; absent if it stands alone. */
  readonly earlier?: readonly EndedTrial[];
}

/** Returns an outcome if it applies; undefined passes the trial on to the next rule. */
type Rule = (given: Case) => Outcome | undefined;

/** In order: the first that applies decides (docs/method.md, "When a trial counts"). */
const rules: readonly Rule[] = [
  failedOrCanceled,
  clockJumped,
  otherRecords,
  smallerCluster,
  timedOut,
  problemBesideTheJob,
  noQuery,
  undecidedQuery,
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

function otherRecords({ evidence: { events = [], topic }, query }: Case): Outcome | undefined {
  const read = topic === undefined ? {} : { topic };
  const cause = otherTopic({ events, ...read }, { query });
  return cause === undefined ? undefined : { kind: 'invalid', cause };
}

/** Before the time limit, which a smaller cluster may explain. */
function smallerCluster({ knobs, evidence, earlier = [] }: Case): Outcome | undefined {
  const cause = fewerExecutors(knobs, evidence.executors, earlier);
  return cause === undefined ? undefined : infrastructure(cause);
}

function timedOut({ evidence: { end } }: Case): Outcome | undefined {
  return end.kind === 'timed-out' ? end : undefined;
}

function problemBesideTheJob({ evidence: { problems } }: Case): Outcome | undefined {
  const [first] = problems;
  return first === undefined ? undefined : infrastructure(first);
}

function noQuery({ evidence: { effectiveConf, script } }: Case): Outcome | undefined {
  if (effectiveConf !== null) return undefined;
  const child = script?.children.at(-1);
  if (child !== undefined) return { kind: 'invalid', cause: { kind: 'query-elsewhere', child } };
  const caught = script?.raised ?? null;
  const cause = { kind: 'no-query', ...(caught === null ? {} : { caught }) } as const;
  return { kind: 'invalid', cause };
}

function undecidedQuery({ evidence: { events = [] }, query }: Case): Outcome | undefined {
  const { problem } = decidingEvents(events, query);
  return problem === undefined ? undefined : { kind: 'invalid', cause: problem };
}

function overriddenSetting({
  knobs,
  evidence: { effectiveConf, script },
}: Case): Outcome | undefined {
  const cause = settingThatDiffers(knobs, effectiveConf ?? {});
  if (cause === undefined) return undefined;
  const where = script?.settings.find(
    ({ key, asked }) => key === cause.key && asked !== null,
  )?.where;
  return { kind: 'invalid', cause: { ...cause, ...(where == null ? {} : { where }) } };
}

function noProgress({ measurement, evidence: { script } }: Case): Outcome | undefined {
  if (measurement !== null) return undefined;
  return script?.endedEarly === true
    ? { kind: 'invalid', cause: { kind: 'ended-early' } }
    : infrastructure({ kind: 'no-progress-event' });
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
