import { clusterNow } from '../../cluster/survey-clusters.js';
import { executorOfBlock } from '../../design/executor-of-block.js';
import { createOfferedExecutor } from '../../execution/offered-executor.js';
import type { SharedFolder } from '../../execution/cluster/shared-folder.js';
import { executorByBlock, type FallBack } from '../../execution/session/executor-by-block.js';
import type { TurnPlan } from '../../execution/session/in-turns.js';
import { createSessionExecutor } from '../../execution/session/session-executor.js';
import { createSubmitExecutor } from '../../execution/submit/submit-executor.js';
import type { SubmitSettings } from '../../execution/submit/submit-settings.js';
import type { KafkaInput } from '../../execution/kafka-input.js';
import { measuredQuery } from '../../measure/deciding-query.js';
import type { Executor } from '../../model/trial/executor.js';
import { clusterPlaces } from '../findings/plan-clusters.js';
import { recordsOfTurn } from '../../design/batches/records-of-turn.js';
import type { Launch } from '../../model/trial/plan.js';
import type { PreparedRun } from '../prepare-run.js';
import type { OpenBackend } from './backend.js';
import type { PartsOfTrials, SparkParts } from './spark-parts.js';

/** What runs the trials of a run, opened anew where its broker is; and the live drivers, if trials share them. */
export function executorsOf(
  prepared: PreparedRun,
  parts: PartsOfTrials,
  place: {
    readonly input: KafkaInput;
    readonly shared: SharedFolder | undefined;
    readonly scratch: string;
  },
): Executors {
  const { experiment, plan } = prepared;
  const ofBlock = (block: number) => executorOfBlock(experiment, plan.screening, block);
  const planTurns = ({ trials }: Launch): TurnPlan | undefined => {
    const all = trials.map(({ configuration: { knobs } }) => knobs);
    const leastRecords = recordsOfTurn(experiment, all, prepared.data.records);
    // A script's own code would run twice.
    const resumes = experiment.job.kind === 'template';
    return leastRecords === undefined ? undefined : { leastRecords, seed: plan.seed, resumes };
  };
  const sessions = sessionsOf(prepared, parts, { ...place, planTurns });
  const fallBack = experiment.executor === 'auto' ? fallBackTold(parts.step) : undefined;
  const executorOn = () => {
    const submit = executorOf(prepared, parts, place);
    if (sessions === undefined) return submit;
    return executorByBlock({ submit, session: sessions, ofBlock, fallBack });
  };
  const takesTurns = (launch: Launch) =>
    ofBlock(launch.trials[0]?.block ?? 0) === 'session' &&
    fallBack?.isUnfit !== true &&
    planTurns(launch) !== undefined;
  return { executorOn, sessions, takesTurns };
}

interface Executors extends Pick<OpenBackend, 'takesTurns'> {
  readonly executorOn: () => Executor;
  readonly sessions: AsyncDisposable | undefined;
}

function fallBackTold(step: SparkParts['step']): FallBack {
  const text = 'The script cannot share a driver: each trial gets a process of its own';
  return {
    isUnfit: false,
    onUnfit: () => {
      step(text);
    },
  };
}

/** The live drivers of a run whose trials may share them; undefined if each trial has a process of its own. */
function sessionsOf(
  prepared: RunOfTrials,
  parts: PartsOfTrials,
  {
    scratch,
    planTurns,
    ...place
  }: PlaceOfTrials & {
    readonly scratch: string;
    readonly planTurns: (launch: Launch) => TurnPlan | undefined;
  },
): (Executor & AsyncDisposable) | undefined {
  if (prepared.experiment.executor === undefined) return undefined;
  return createSessionExecutor({
    ...settingsOf(prepared, parts, place),
    ...{ scratch, onStep: parts.step, planTurns },
  });
}

type RunOfTrials = Pick<PreparedRun, 'experiment' | 'job'>;

interface PlaceOfTrials {
  readonly input: KafkaInput;
  readonly shared?: SharedFolder | undefined;
}

/** With what the trials of a run are submitted, whatever runs them. */
function settingsOf(
  { experiment, job }: RunOfTrials,
  { host, environments, secrets }: PartsOfTrials,
  { input: { inputOf }, shared }: PlaceOfTrials,
): SubmitSettings {
  return {
    ...{ job, env: host.env, secrets, inputOf, environmentOf: environments.of, shared },
    clusterOf: (knobs) => clusterNow(knobs, clusterPlaces(experiment, host)),
    measurement: measuredQuery(experiment),
  };
}

/** One spark-submit per trial, with a producer alongside under an offered load. */
export function executorOf(
  prepared: RunOfTrials,
  parts: PartsOfTrials,
  { onLine, ...place }: PlaceOfTrials & { readonly onLine?: (line: string) => void },
): Executor {
  const inner = createSubmitExecutor({
    ...settingsOf(prepared, parts, place),
    ...(onLine === undefined ? {} : { onLine }),
  });
  const { mode } = prepared.experiment.measurement;
  const { inputOf, data, connection } = place.input;
  return mode === 'drain'
    ? inner
    : createOfferedExecutor({ ...mode, inner, inputOf, connection, data, host: parts.host });
}
