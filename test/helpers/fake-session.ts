import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SharedFolder } from '../../src/execution/cluster/shared-folder.js';
import { createSessionExecutor } from '../../src/execution/session/session-executor.js';
import { templateJob } from '../../src/jobs/template/template-job.js';
import type { MeasurementSpec } from '../../src/model/experiment.js';
import { plaintextEndpoint } from '../../src/model/kafka-endpoint.js';
import type { Assignment } from '../../src/model/knob.js';
import type { Toolchain } from '../../src/model/toolchain.js';
import type { TrialEvidence } from '../../src/model/trial/executor.js';
import type { Job } from '../../src/model/trial/job.js';
import type { Trial } from '../../src/model/trial/plan.js';
import { projectPath } from '../../src/process/project-paths.js';
import { readSecrets } from '../../src/process/secrets.js';

/** By this setting a trial tells the fake driver what it should do; see test/helpers/fake-driver.mjs. */
export const wishKey = 'spark.sql.session.timeZone';

interface FakeSession extends Partial<MeasurementSpec> {
  /** Trials that warm a driver up. */
  readonly trials?: number;
  /** How often the job can be prepared. */
  readonly prepares?: number;
  /** Runs the trials at the same time, in turns of so many records. */
  readonly recordsOfTurn?: number;
  /** Whether a trial goes on in another driver, as one of the shipped job does. */
  readonly resumes?: boolean;
  /** Where executors on other machines find the checkpoints. */
  readonly shared?: SharedFolder;
  readonly signal?: AbortSignal;
  readonly onDriver?: (pid: number) => void;
  readonly onStep?: (text: string) => void;
  /** The wishes of a second launch, with the same executor. */
  readonly then?: readonly string[];
}

/** What starts as spark-submit in the folder is the fake driver itself. */
export function installFakeDriver(folder: string): void {
  mkdirSync(join(folder, 'bin'));
  const submit = join(folder, 'bin', 'spark-submit');
  const fake = projectPath('test/helpers/fake-driver.mjs');
  writeFileSync(submit, `#!/bin/sh\nexec "${process.execPath}" "${fake}" "$@"\n`);
  chmodSync(submit, 0o755);
}

/** Runs one trial for each wish in one launch, or in two; `root` is a new folder below the one of the fake driver. */
export async function runFakeSession(
  { folder, root }: { readonly folder: string; readonly root: string },
  wishes: readonly (string | Assignment)[],
  given: FakeSession,
): Promise<{ readonly trials: readonly Trial[]; readonly evidence: readonly TrialEvidence[] }> {
  const { trials: burnInTrials = 0, prepares = Infinity, recordsOfTurn, ...others } = given;
  const {
    onDriver,
    onStep = () => undefined,
    shared,
    resumes = true,
    then: later = [],
    ...more
  } = others;
  const { signal = new AbortController().signal, ...measured } = more;
  const measurement: MeasurementSpec = {
    ...{ warmupSeconds: 0, timeLimitSeconds: 20, canary: false, mode: 'drain' },
    ...{ diskReserveBytes: 0, memoryReserveBytes: 0, ...measured },
  };
  await using executor = createSessionExecutor({
    job: failingAfter(prepares, templateJob(measurement)),
    environmentOf: () => ({ toolchain: toolchainIn(folder), archive: undefined }),
    env: { PATH: process.env['PATH'] },
    ...{ measurement, shared },
    secrets: await readSecrets([], {}),
    inputOf: () => ({
      ...{ endpoint: plaintextEndpoint('localhost:9092'), topic: 'calls' },
      ...{ records: 2_000, outputTopic: 'counts' },
    }),
    scratch: join(root, 'work'),
    burnIn: { seconds: 20, trials: burnInTrials },
    onStep,
    planTurns: () =>
      recordsOfTurn === undefined ? undefined : { leastRecords: recordsOfTurn, seed: 1, resumes },
  });
  const launches = [wishes.map(trialOf(1)), later.map(trialOf(2))].filter(
    ({ length }) => length > 0,
  );
  const directoryOf = ({ id }: Trial) => join(root, id);
  const onProcess = (pid: number) => onDriver?.(pid);
  const evidence: TrialEvidence[] = [];
  for (const trials of launches) {
    await using launch = await executor.open({ trials }, { directoryOf, signal, onProcess });
    const run = (trial: Trial) => {
      mkdirSync(directoryOf(trial), { recursive: true });
      return launch.run(trial, () => undefined);
    };
    if (recordsOfTurn === undefined) for (const trial of trials) evidence.push(await run(trial));
    else evidence.push(...(await settled(trials.map(run))));
  }
  return { trials: launches.flat(), evidence };
}

/** All of them, or the first error once all have ended. */
async function settled<T>(running: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(running);
  return await Promise.all(running);
}

function toolchainIn(home: string): Toolchain {
  return {
    java: { home: '/jdk', executable: 'java', version: '17', major: 17, source: 'PATH' },
    python: { executable: 'python3', version: '3.11.1' },
    spark: { home, version: '4.0.0', scala: '2.13', source: 'PyPI', connectorJars: [] },
    kafka: { version: '4.1.1', classPath: [] },
    notes: [],
  };
}

/** A job that can be prepared so many times. */
function failingAfter(times: number, job: Job): Job {
  let left = times;
  return {
    ...job,
    prepare: async (...given) => {
      left -= 1;
      if (left < 0) throw new Error('cannot be prepared');
      return await job.prepare(...given);
    },
  };
}

function trialOf(block: number) {
  return (wish: string | Assignment, index: number): Trial => {
    const id = `c${String(index + 1)}`;
    const knobs = typeof wish === 'string' ? { [wishKey]: wish } : wish;
    return {
      id: `b${String(block)}-t${String(index + 1)}-${id}`,
      block,
      configuration: { id, role: 'candidate', levels: {}, knobs },
    };
  };
}
