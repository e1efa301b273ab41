import { join } from 'node:path';
import { generateCalls } from '../../src/dataset/generate-calls.js';
import { readSample } from '../../src/dataset/police-call.js';
import { createSessionExecutor } from '../../src/execution/session/session-executor.js';
import { templateJob } from '../../src/jobs/template/template-job.js';
import { produce } from '../../src/kafka/producer.js';
import { createTopic } from '../../src/kafka/topics.js';
import type { MeasurementSpec } from '../../src/model/experiment.js';
import { readSecrets } from '../../src/process/secrets.js';
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

/** The session executor for the shipped job on these calls, with a real Spark. */
export async function realSessions(
  { topic, records }: Calls,
  given: {
    readonly folder: string;
    readonly burnInTrials: number;
    readonly recordsOfTurn?: number;
  },
): Promise<ReturnType<typeof createSessionExecutor>> {
  const { env } = testHost().host;
  const toolchain = await realToolchain();
  const { endpoint } = await sharedBroker();
  const archive = await realArchive(toolchain);
  const { folder, burnInTrials: trials, recordsOfTurn } = given;
  return createSessionExecutor({
    ...{ job: templateJob(sessionMeasurement), env, measurement: sessionMeasurement },
    environmentOf: () => ({ toolchain, archive }),
    secrets: await readSecrets([], env),
    inputOf: () => ({ endpoint, topic, records, outputTopic: 'session-counts' }),
    scratch: join(folder, 'work'),
    burnIn: { seconds: 60, trials },
    onStep: () => undefined,
    recordsOfTurn: () => recordsOfTurn,
  });
}
