import { expect } from 'chai';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { generateCalls } from '../../../src/dataset/generate-calls.js';
import { readSample } from '../../../src/dataset/police-call.js';
import type { Broker } from '../../../src/kafka/broker/embedded-broker.js';
import { produce } from '../../../src/kafka/producer.js';
import { createTopic } from '../../../src/kafka/topics.js';
import { parseProgressText } from '../../../src/progress/listener-file.js';
import type { MeasurementSpec } from '../../../src/model/experiment.js';
import type { ClassArchive } from '../../../src/model/class-archive.js';
import type { Assignment } from '../../../src/model/knob.js';
import type { Trial } from '../../../src/model/trial/plan.js';
import type { Toolchain } from '../../../src/model/toolchain.js';
import { projectPath } from '../../../src/process/project-paths.js';
import { runCommand } from '../../../src/process/run-command.js';
import { readSecrets } from '../../../src/process/secrets.js';
import { settingThatDiffers } from '../../../src/measure/faults/setting-that-differs.js';
import { templateJob } from '../../../src/jobs/template/template-job.js';
import { judgeTrial } from '../../../src/measure/judge-trial.js';
import { measureEvidence } from '../../../src/measure/measure-evidence.js';
import { failureText } from '../../../src/report/words/outcome/failure-text.js';
import { readEffectiveConf } from '../../../src/spark/effective-conf.js';
import { launcherEnv, launcherFiles } from '../../../src/spark/submit/launcher.js';
import { createSubmitExecutor } from '../../../src/execution/submit/submit-executor.js';
import { submitCommand } from '../../../src/spark/submit/submit-command.js';
import { processesWith } from '../../helpers/process-state.js';
import { driverAddresses, loopback } from '../../helpers/listening-addresses.js';
import { quickJvm } from '../../helpers/quick-jvm.js';
import { realArchive, realToolchain } from '../../helpers/real-broker.js';
import { sharedBroker } from '../../helpers/shared-broker.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

const records = 4_000;
const base = { 'spark.master': 'local[2]', 'spark.sql.shuffle.partitions': 2, ...quickJvm };

describe('the submit executor', () => {
  let broker: Broker;
  let toolchain: Toolchain;
  let archive: ClassArchive;
  const folder = temporaryFolder();
  const { env, signal } = testHost().host;
  before(async () => {
    toolchain = await realToolchain();
    archive = await realArchive(toolchain);
    broker = await sharedBroker();
    const connection = { endpoint: broker.endpoint, signal };
    await createTopic(connection, { name: 'submit-calls', partitions: 2 });
    const source = generateCalls({ sample: readSample(), records, seed: 3 });
    await produce({ ...connection, topic: 'submit-calls', partitions: 2, records: source });
  });

  async function run(
    knobs: Assignment,
    options: Partial<MeasurementSpec> & {
      readonly onFirstProgress?: (directory: string) => void;
      readonly onEvent?: (directory: string) => void;
    } = {},
  ) {
    const { onFirstProgress, onEvent, ...more } = options;
    const directory = join(folder, `trial-${String(readdirSync(folder).length)}`);
    mkdirSync(directory);
    const all = { ...base, ...knobs };
    const trial: Trial = {
      id: 'b1-t1-baseline',
      block: 1,
      configuration: { id: 'baseline', role: 'baseline', levels: {}, knobs: all },
    };
    const measurement: MeasurementSpec = {
      warmupSeconds: 1,
      timeLimitSeconds: 90,
      canary: true,
      mode: 'drain',
      diskReserveBytes: 0,
      memoryReserveBytes: 0,
      ...more,
    };
    const { endpoint } = broker;
    const executor = createSubmitExecutor({
      job: templateJob(measurement),
      environmentOf: () => ({ toolchain, archive }),
      env,
      measurement,
      secrets: await readSecrets([], env),
      inputOf: () => ({ endpoint, topic: 'submit-calls', records, outputTopic: 'submit-counts' }),
    });
    await using launch = await executor.open(
      { trials: [trial] },
      { directoryOf: () => directory, signal, onProcess: () => undefined },
    );
    let first = true;
    const evidence = await launch.run(trial, () => {
      if (first) onFirstProgress?.(directory);
      first = false;
      onEvent?.(directory);
    });
    const { events } = evidence;
    expect(readdirSync(directory)).not.to.include('scratch');
    const stored = readFileSync(join(directory, 'progress.ndjson'), {
      encoding: 'utf8',
      flag: 'a+',
    });
    expect(parseProgressText(stored)).to.deep.equal(events);
    const rows = events.reduce(
      (sum, event) => sum + (event.kind === 'progress' ? event.progress.numInputRows : 0),
      0,
    );
    const measured = measureEvidence(evidence, all, measurement);
    const outcome = judgeTrial({
      knobs: all,
      evidence,
      machine: null,
      // What is too short to be measured is not the question here.
      measurement: measured === null ? null : { ...measured, warnings: [], rowsPerSecond: 1 },
    });
    return { ...evidence, outcome, rows, directory };
  }

  describe('with a trial that reads the whole backlog', () => {
    let result: Awaited<ReturnType<typeof run>>;
    let addresses: string[] = [];
    const loadedClasses = join(folder, 'loaded-classes.log');
    before(async () => {
      result = await run(
        {
          'source.maxOffsetsPerTrigger': 400,
          'spark.driver.memory': '600m',
          'spark.driver.extraJavaOptions': `-XX:+UseSerialGC -Xlog:class+load:file=${loadedClasses}`,
        },
        { onFirstProgress: (directory) => (addresses = driverAddresses(directory)) },
      );
    });

    it('reports each batch', () => {
      expect(result.outcome).to.deep.equal({ kind: 'succeeded' });
      expect(result.rows).to.equal(records);
      expect(result.events.at(0)?.kind).to.equal('started');
      expect(result.events.at(-1)).to.include({ kind: 'terminated', exception: null });
    });

    it('listens on the loopback interface only', () => {
      expect(addresses.length).to.be.greaterThan(0);
      expect(loopback).to.include.members(addresses);
    });

    it('starts with the class archive, from which the connector comes too', () => {
      const fromArchive = readFileSync(loadedClasses, 'utf8')
        .split('\n')
        .filter((line) => line.includes('shared objects file (top)'));
      expect(fromArchive.length).to.be.greaterThan(10_000);
      expect(
        fromArchive.some((line) => line.includes('sql.kafka010.KafkaMicroBatchStream')),
      ).to.equal(true);
    });

    it('sees the settings of the running session', () => {
      expect(result.effectiveConf).to.include({
        'spark.sql.shuffle.partitions': '2',
        'spark.driver.memory': '600m',
      });
      const report = JSON.parse(
        readFileSync(join(result.directory, 'effective-conf.json'), 'utf8'),
      ) as { maxHeapBytes: number; sparkVersion: string };
      expect(report.sparkVersion).to.equal(toolchain.spark.version);
      expect(report.maxHeapBytes / 2 ** 20, 'memory given with --conf').to.be.within(500, 620);
    });

    it('reads the speed of the machine beside it', () => {
      expect(result.canary.length).to.be.greaterThan(2);
    });

    it('sees what Spark made of the plan', () => {
      const tasks = result.events.find((event) => event.kind === 'tasks');
      expect(tasks, 'of the reading and of the stateful stage')
        .to.have.property('stages')
        .that.eqls([2, 2]);
    });
  });

  it('does not count a trial whose canary was killed', async () => {
    let killed = false;
    const result = await run(
      { 'source.maxOffsetsPerTrigger': 400 },
      {
        onEvent: (directory) => {
          const [canary] = killed ? [] : processesWith('speed_canary.py', directory);
          if (canary === undefined) return;
          killed = true;
          process.kill(canary, 'SIGKILL');
        },
      },
    );
    expect(killed).to.equal(true);
    expect(result.outcome).to.include({ kind: 'invalid', infrastructure: true });
    expect(result.rows, 'the job itself went on').to.equal(records);
  });

  it('wakes a job that somebody else has stopped, and ends a query that never ends by itself', async () => {
    let stopped = 0;
    const result = await run(
      { 'trigger.processingTime': '100 milliseconds', 'source.maxOffsetsPerTrigger': 500 },
      {
        canary: false,
        onEvent: (directory) => {
          if (stopped > 0) return;
          const conf = readFileSync(join(directory, 'effective-conf.json'), 'utf8');
          stopped = (JSON.parse(conf) as { jvmPid: number }).jvmPid;
          process.kill(stopped, 'SIGSTOP');
        },
      },
    );
    expect(stopped).to.be.greaterThan(0);
    expect(result.canary).to.deep.equal([]);
    expect(result.outcome).to.deep.equal({ kind: 'succeeded' });
    expect(result.rows).to.equal(records);
  });

  it('ends a trial after its window', async () => {
    const result = await run({ 'source.maxOffsetsPerTrigger': 20 }, { windowSeconds: 4 });
    expect(result.outcome).to.deep.equal({ kind: 'succeeded' });
    expect(result.rows).to.be.within(20, records - 20);
  });

  it('ends a query that stands still, as failed', async () => {
    const result = await run(
      { 'trigger.processingTime': '1 minute', 'source.maxOffsetsPerTrigger': 200 },
      { stallSeconds: 6 },
    );
    if (result.outcome.kind !== 'failed') throw new Error(`it ${result.outcome.kind}`);
    expect(result.outcome).to.deep.include({
      failureClass: 'no-progress',
      cause: { kind: 'stalled', limitSeconds: 6 },
    });
  });

  it('ends a trial that takes longer than its limit, as timed-out', async () => {
    const result = await run({ 'source.maxOffsetsPerTrigger': 20 }, { timeLimitSeconds: 6 });
    expect(result.outcome).to.deep.equal({ kind: 'timed-out', limitSeconds: 6 });
  });

  const faults: readonly (readonly [string, Assignment, string, RegExp])[] = [
    ['a master that there is none of', { 'spark.master': 'nowhere' }, 'invalid-value', /master/i],
    [
      'a property of the wrong type',
      { 'spark.sql.shuffle.partitions': 'many' },
      'invalid-value',
      /many/,
    ],
    [
      'an option of the source',
      { 'source.maxOffsetsPerTrigger': 'all' },
      'invalid-value',
      /all|maxOffsets/i,
    ],
    ['a heap that Spark refuses', { 'spark.driver.memory': '64m' }, 'invalid-value', /memory/i],
  ];
  for (const [what, knobs, failureClass, reason] of faults) {
    it(`says why a trial failed: ${what}`, async () => {
      const { outcome } = await run(knobs);
      if (outcome.kind !== 'failed') throw new Error(`it ${outcome.kind}`);
      const text = failureText(outcome.cause);
      expect(outcome.failureClass, text).to.equal(failureClass);
      expect(text).to.match(reason);
    });
  }

  it('sees in the running session what the code of a job overrides', async () => {
    const scratch = join(folder, 'overriding');
    mkdirSync(scratch);
    const files = {
      directory: scratch,
      scratch,
      progress: join(scratch, 'progress.ndjson'),
      effectiveConf: join(scratch, 'effective-conf.json'),
    };
    const [launcher] = launcherFiles();
    const command = submitCommand({
      toolchain,
      env,
      knobs: base,
      files,
      submission: {
        files: [],
        application: [launcher!, projectPath('test/fixtures/jobs/overriding_job.py')],
        env: launcherEnv(files, { knobs: base, endpoint: broker.endpoint }, {}),
      },
    });
    const ended = await runCommand(command, { signal, timeoutMs: 60_000 });
    expect(ended.exitCode, ended.stdout).to.equal(0);
    const effective = await readEffectiveConf(files.effectiveConf);
    expect(settingThatDiffers(base, effective ?? {})).to.deep.equal({
      kind: 'setting-differs',
      key: 'spark.sql.shuffle.partitions',
      asked: '2',
      effective: '7',
    });
  });
});
