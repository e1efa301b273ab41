import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSubmitExecutor } from '../../src/execution/submit-executor.js';
import { scriptJob } from '../../src/jobs/script/script-job.js';
import { judgeTrial } from '../../src/measure/judge-trial.js';
import { measureEvidence } from '../../src/measure/measure-evidence.js';
import { overridable, type MeasurementSpec, type ScriptJob } from '../../src/model/experiment.js';
import type { KafkaEndpoint } from '../../src/model/kafka-endpoint.js';
import type { Assignment } from '../../src/model/knob.js';
import type { Toolchain } from '../../src/model/toolchain.js';
import { projectPath } from '../../src/process/project-paths.js';
import { readSecrets } from '../../src/process/secrets.js';
import { whyNotCounted } from '../../src/report/words/outcome-text.js';
import { testHost } from './test-host.js';

/** Where the trials of some scripts take place. */
export interface ScriptWorld {
  readonly toolchain: Toolchain;
  readonly endpoint: KafkaEndpoint;
  readonly topic: string;
  readonly records: number;
  /** Gets a folder for each trial. */
  readonly folder: string;
}

interface ScriptTrial {
  readonly job?: Partial<ScriptJob>;
  readonly knobs?: Assignment;
  readonly measurement?: Partial<MeasurementSpec>;
}

/** The path of a script in `test/fixtures/jobs`. */
export function fixtureScript(name: string): string {
  return projectPath(join('test/fixtures/jobs', name));
}

/** Runs one trial of a script on a real Spark, and judges it; that it has few batches does not matter. */
export async function runScript(world: ScriptWorld, script: string, options: ScriptTrial = {}) {
  const { toolchain, endpoint, topic, records, folder } = world;
  const { env, signal } = testHost().host;
  const directory = join(folder, `trial-${String(readdirSync(folder).length)}`);
  mkdirSync(directory);
  const knobs = { 'spark.master': 'local[2]', 'spark.sql.shuffle.partitions': 2, ...options.knobs };
  const configuration = { id: 'baseline', role: 'baseline', levels: {}, knobs } as const;
  const trial = { id: 'b1-t1-baseline', block: 1, configuration };
  const job: ScriptJob = {
    ...{ kind: 'script', script, args: [], pyFiles: [], env: {} },
    override: overridable,
    ...options.job,
  };
  const measurement: MeasurementSpec = {
    ...{ warmupSeconds: 1, timeLimitSeconds: 240, canary: false, mode: 'drain' },
    ...{ diskReserveBytes: 0, memoryReserveBytes: 0 },
    ...options.measurement,
  };
  const outputTopic = `${topic}-out-${String(readdirSync(folder).length)}`;
  const executor = createSubmitExecutor({
    ...{ job: scriptJob(measurement, job), toolchain, env, measurement },
    secrets: await readSecrets([], env),
    inputOf: () => ({ endpoint, topic, records, outputTopic }),
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
