import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCalls } from '../src/dataset/generate-calls.js';
import { readSample } from '../src/dataset/police-call.js';
import { createSubmitExecutor } from '../src/execution/submit/submit-executor.js';
import type { SubmitSettings } from '../src/execution/submit/submit-settings.js';
import { templateJob } from '../src/jobs/template/template-job.js';
import { produce } from '../src/kafka/producer.js';
import { createTopic } from '../src/kafka/topics.js';
import type { ClassArchive } from '../src/model/class-archive.js';
import type { MeasurementSpec } from '../src/model/experiment.js';
import type { Host } from '../src/model/host.js';
import type { KafkaEndpoint } from '../src/model/kafka-endpoint.js';
import type { Assignment } from '../src/model/knob.js';
import type { Toolchain } from '../src/model/toolchain.js';
import type { Executor } from '../src/model/trial/executor.js';
import type { Trial } from '../src/model/trial/plan.js';
import { readSecrets } from '../src/process/secrets.js';
import { realArchive, realBroker, realToolchain } from '../test/helpers/real-broker.js';
import { testHost } from '../test/helpers/test-host.js';

/** A broker with calls in a topic of four partitions, and what a trial on them needs. Disposing leaves nothing. */
export interface ColdWorld extends AsyncDisposable {
  readonly toolchain: Toolchain;
  readonly archive: ClassArchive;
  readonly folder: string;
  readonly endpoint: KafkaEndpoint;
  readonly topic: string;
  readonly records: number;
  readonly env: Host['env'];
  readonly signal: AbortSignal;
}

export async function coldWorld(topic: string, records: number): Promise<ColdWorld> {
  const { env, signal } = testHost().host;
  const toolchain = await realToolchain();
  const archive = await realArchive(toolchain);
  const folder = mkdtempSync(join(tmpdir(), 'streamtune-bench-'));
  const { endpoint, ...broker } = await realBroker(folder);
  const end = async () => {
    await broker[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const connection = { endpoint, signal };
    await createTopic(connection, { name: topic, partitions: 4 });
    const calls = generateCalls({ sample: readSample(), records, seed: 1 });
    await produce({ ...connection, topic, partitions: 4, records: calls });
  } catch (error) {
    await end();
    throw error;
  }
  const places = { toolchain, archive, folder, endpoint };
  return { ...places, topic, records, env, signal, [Symbol.asyncDispose]: end };
}

/** With what the shipped job is submitted there. */
export async function settingsIn(
  { toolchain, endpoint, topic, records, env }: ColdWorld,
  {
    warmupSeconds,
    archive,
  }: { readonly warmupSeconds: number; readonly archive: ClassArchive | undefined },
): Promise<SubmitSettings> {
  const measurement: MeasurementSpec = {
    ...{ warmupSeconds, timeLimitSeconds: 300, canary: false, mode: 'drain' },
    ...{ diskReserveBytes: 0, memoryReserveBytes: 0 },
  };
  return {
    ...{ job: templateJob(measurement), env, measurement },
    environmentOf: () => ({ toolchain, archive }),
    secrets: await readSecrets([], env),
    inputOf: () => ({ endpoint, topic, records, outputTopic: 'none' }),
  };
}

/** A trial with these knobs, in a folder that is there. */
export interface LoneTrial {
  readonly directory: string;
  readonly knobs: Assignment;
}

/** Runs the shipped job as a trial of its own. Throws if it does not end by itself. */
export async function coldTrial(
  world: ColdWorld,
  { archive, ...trial }: LoneTrial & { readonly archive: ClassArchive | undefined },
): Promise<void> {
  const executor = createSubmitExecutor(await settingsIn(world, { warmupSeconds: 1, archive }));
  await runAlone(executor, trial, world);
}

/** Runs one trial. Throws if it does not end by itself. */
export async function runAlone(
  executor: Executor,
  { directory, knobs }: LoneTrial,
  { signal }: Pick<ColdWorld, 'signal'>,
): Promise<void> {
  const planned: Trial = {
    ...{ id: 'b1-t1-baseline', block: 1 },
    configuration: { id: 'baseline', role: 'baseline', levels: {}, knobs },
  };
  const context = { directoryOf: () => directory, signal, onProcess: () => undefined };
  await using launch = await executor.open({ trials: [planned] }, context);
  const { end } = await launch.run(planned, () => undefined);
  if (end.kind !== 'ended') throw new Error(JSON.stringify(end));
}
