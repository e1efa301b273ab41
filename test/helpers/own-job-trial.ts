import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SharedFolder } from '../../src/execution/cluster/shared-folder.js';
import { createSubmitExecutor } from '../../src/execution/submit/submit-executor.js';
import { jobOf } from '../../src/jobs/job-of.js';
import { judgeTrial } from '../../src/measure/judge-trial.js';
import { measureEvidence } from '../../src/measure/measure-evidence.js';
import type { ClassArchive } from '../../src/model/class-archive.js';
import type { JarJob, MeasurementSpec, ScriptJob } from '../../src/model/experiment.js';
import { clientReferences } from '../../src/model/kafka-client-settings.js';
import type { KafkaEndpoint } from '../../src/model/kafka-endpoint.js';
import type { Assignment } from '../../src/model/knob.js';
import type { Toolchain } from '../../src/model/toolchain.js';
import { readSecrets } from '../../src/process/secrets.js';
import { whyNotCounted } from '../../src/report/words/outcome/outcome-text.js';
import { quickJvm } from './quick-jvm.js';
import { testHost } from './test-host.js';

/** Where the trials of some jobs take place. */
export interface OwnJobWorld {
  readonly toolchain: Toolchain;
  readonly archive?: ClassArchive | undefined;
  readonly endpoint: KafkaEndpoint;
  readonly topic: string;
  readonly records: number;
  /** Where each trial begins to read, if not with the first record. */
  readonly startingOffsets?: string;
  /** Gets a folder for each trial. */
  readonly folder: string;
  /** For executors and drivers elsewhere. */
  readonly shared?: SharedFolder;
}

interface OwnJobTrial {
  readonly knobs?: Assignment | undefined;
  readonly measurement?: Partial<MeasurementSpec> | undefined;
}

/** Runs one trial of somebody's job on a real Spark, and judges it; that it has few batches does not matter. */
export async function runOwnJob(
  world: OwnJobWorld,
  job: ScriptJob | JarJob,
  options: OwnJobTrial = {},
) {
  const { toolchain, endpoint, topic, records, startingOffsets, folder } = world;
  const from = startingOffsets === undefined ? {} : { startingOffsets };
  const { env, signal } = testHost().host;
  const directory = join(folder, `trial-${String(readdirSync(folder).length)}`);
  mkdirSync(directory);
  const knobs = {
    ...{ 'spark.master': 'local[2]', 'spark.sql.shuffle.partitions': 2 },
    ...quickJvm,
    ...options.knobs,
  };
  const configuration = { id: 'baseline', role: 'baseline', levels: {}, knobs } as const;
  const trial = { id: 'b1-t1-baseline', block: 1, configuration };
  const measurement: MeasurementSpec = {
    ...{ warmupSeconds: 1, timeLimitSeconds: 240, canary: false, mode: 'drain' },
    ...{ diskReserveBytes: 0, memoryReserveBytes: 0 },
    ...options.measurement,
  };
  const outputTopic = `${topic}-out-${String(readdirSync(folder).length)}`;
  const executor = createSubmitExecutor({
    ...{ job: jobOf({ measurement, job }), env, shared: world.shared },
    measurement: { ...measurement, query: job.query },
    environmentOf: () => ({ toolchain, archive: world.archive }),
    secrets: await readSecrets(clientReferences(endpoint), env),
    inputOf: () => ({ endpoint, topic, records, outputTopic, ...from }),
  });
  const context = { directoryOf: () => directory, signal, onProcess: () => undefined };
  await using launch = await executor.open({ trials: [trial] }, context);
  const evidence = await launch.run(trial, () => undefined);
  const { query } = job;
  const measured = measureEvidence(evidence, knobs, { ...measurement, query });
  const outcome = judgeTrial({
    ...{ knobs, evidence, query, machine: null },
    measurement: measured === null ? null : { ...measured, warnings: [], rowsPerSecond: 1 },
  });
  return {
    ...{ outcome, measured, directory, outputTopic, evidence },
    why: whyNotCounted(outcome),
    settings: evidence.script?.settings ?? [],
    output: ['stdout.log', 'stderr.log']
      .map((name) => readFileSync(join(directory, name), 'utf8'))
      .join('\n'),
  };
}
