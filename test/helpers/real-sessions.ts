import { join } from 'node:path';
import { generateCalls } from '../../src/dataset/generate-calls.js';
import { readSample } from '../../src/dataset/police-call.js';
import { createSessionExecutor } from '../../src/execution/session/session-executor.js';
import { scriptJob } from '../../src/jobs/script/script-job.js';
import { templateJob } from '../../src/jobs/template/template-job.js';
import { produce } from '../../src/kafka/producer.js';
import { createTopic } from '../../src/kafka/topics.js';
import { overridable, type MeasurementSpec, type ScriptJob } from '../../src/model/experiment.js';
import type { Assignment } from '../../src/model/knob.js';
import type { Job } from '../../src/model/trial/job.js';
import type { Trial } from '../../src/model/trial/plan.js';
import { readSecrets } from '../../src/process/secrets.js';
import { quickJvm } from './quick-jvm.js';
import { realArchive, realToolchain } from './real-broker.js';
import { sharedBroker } from './shared-broker.js';
import { testHost } from './test-host.js';

/** How its trials are measured. */
export const sessionMeasurement: MeasurementSpec = {
  ...{ warmupSeconds: 0, timeLimitSeconds: 90, canary: true, mode: 'drain' },
  ...{ diskReserveBytes: 0, memoryReserveBytes: 0 },
};

interface Calls {
  readonly topic: string;
  readonly records: number;
}

/** Makes a topic of two partitions with so many calls, on the broker of the tests. */
export async function makeCalls({ topic, records }: Calls): Promise<void> {
  const { signal } = testHost().host;
  const { endpoint } = await sharedBroker();
  await createTopic({ endpoint, signal }, { name: topic, partitions: 2 });
  const calls = generateCalls({ sample: readSample(), records, seed: 3 });
  await produce({ endpoint, signal, topic, partitions: 2, records: calls });
}

/** Records in a batch of a trial that says nothing else. */
export const sessionBatchRows = 400;

/** A trial in a session, in batches of 400 calls and two shuffle partitions but for its own knobs. */
export function sessionTrial(number: number, knobs: Assignment): Trial {
  const id = `c${String(number)}`;
  const all = {
    ...{ 'spark.master': 'local[2]', 'source.maxOffsetsPerTrigger': sessionBatchRows },
    ...{ 'spark.sql.shuffle.partitions': 2, ...quickJvm, ...knobs },
  };
  return {
    id: `b1-t${String(number)}-${id}`,
    block: 1,
    configuration: { id, role: 'candidate', levels: {}, knobs: all },
  };
}

/** The session executor for the shipped job on these calls, with a real Spark. */
export async function realSessions(
  { topic, records }: Calls,
  given: {
    readonly folder: string;
    readonly burnInTrials: number;
    readonly recordsOfTurn?: number;
    /** Somebody's script in place of the shipped job. */
    readonly script?: Partial<ScriptJob> & Pick<ScriptJob, 'script'>;
    readonly measurement?: Partial<MeasurementSpec>;
  },
): Promise<ReturnType<typeof createSessionExecutor>> {
  const { env } = testHost().host;
  const toolchain = await realToolchain();
  const { endpoint } = await sharedBroker();
  const archive = await realArchive(toolchain);
  const { folder, burnInTrials: trials, recordsOfTurn, script } = given;
  const measurement = { ...sessionMeasurement, ...given.measurement, query: script?.query };
  return createSessionExecutor({
    ...{ job: jobOf(measurement, script), env, measurement },
    environmentOf: () => ({ toolchain, archive }),
    secrets: await readSecrets([], env),
    inputOf: ({ id }) => ({ endpoint, topic, records, outputTopic: `session-counts-${id}` }),
    scratch: join(folder, 'work'),
    burnIn: { seconds: 60, trials },
    onStep: () => undefined,
    planTurns: () =>
      recordsOfTurn === undefined
        ? undefined
        : { leastRecords: recordsOfTurn, seed: 1, resumes: script === undefined },
  });
}

function jobOf(
  measurement: MeasurementSpec,
  script: (Partial<ScriptJob> & Pick<ScriptJob, 'script'>) | undefined,
): Job {
  if (script === undefined) return templateJob(measurement);
  const none = { args: [], pyFiles: [], env: {}, override: overridable };
  return scriptJob(measurement, { kind: 'script', ...none, ...script });
}
