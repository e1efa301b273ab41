import { expect } from 'chai';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { generateCalls } from '../../src/dataset/generate-calls.js';
import { readSample } from '../../src/dataset/police-call.js';
import { createSessionExecutor } from '../../src/execution/session/session-executor.js';
import { scriptJob } from '../../src/jobs/script/script-job.js';
import { produce } from '../../src/kafka/producer.js';
import { createTopic } from '../../src/kafka/topics.js';
import { judgeTrial } from '../../src/measure/judge-trial.js';
import { measureEvidence } from '../../src/measure/measure-evidence.js';
import { overridable, type MeasurementSpec, type ScriptJob } from '../../src/model/experiment.js';
import { HarnessError } from '../../src/model/harness-error.js';
import type { KafkaEndpoint } from '../../src/model/kafka-endpoint.js';
import type { Assignment } from '../../src/model/knob.js';
import type { Toolchain } from '../../src/model/toolchain.js';
import type { TrialEvidence } from '../../src/model/trial/executor.js';
import type { Trial } from '../../src/model/trial/plan.js';
import { readSecrets } from '../../src/process/secrets.js';
import { realToolchain } from '../helpers/real-broker.js';
import { fixtureScript } from '../helpers/script-trial.js';
import { sharedBroker } from '../helpers/shared-broker.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

const records = 3_000;
const topic = 'session-scripts';
const shuffle = 'spark.sql.shuffle.partitions';
const size = 'source.maxOffsetsPerTrigger';
const threeKnobs: readonly Assignment[] = [
  { [shuffle]: 2, [size]: 500 },
  { [shuffle]: 3, [size]: 1_000 },
  { [shuffle]: 2, [size]: 500 },
];

describe("somebody's script, answered by a live driver as by its own context", () => {
  const folder = temporaryFolder();
  const { env, signal } = testHost().host;
  let toolchain: Toolchain;
  let endpoint: KafkaEndpoint;
  before(async () => {
    toolchain = await realToolchain();
    ({ endpoint } = await sharedBroker());
    await createTopic({ endpoint, signal }, { name: topic, partitions: 2 });
    const calls = generateCalls({ sample: readSample(), records, seed: 3 });
    await produce({ endpoint, signal, topic, partitions: 2, records: calls });
  });

  let runs = 0;

  /** Plays a script once for each of the knobs, in one driver as far as that goes. */
  async function play(
    script: string,
    {
      knobs = threeKnobs,
      job = {},
    }: { knobs?: readonly Assignment[]; job?: Partial<ScriptJob> } = {},
  ) {
    runs += 1;
    const root = join(folder, `run-${String(runs)}`);
    const measurement: MeasurementSpec & { query?: string | undefined } = {
      query: job.query,
      ...{ warmupSeconds: 0, timeLimitSeconds: 120, canary: false, mode: 'drain' },
      ...{ diskReserveBytes: 0, memoryReserveBytes: 0 },
    };
    const whole: ScriptJob = {
      ...{ kind: 'script', script, args: [], pyFiles: [], env: {}, override: overridable },
      ...job,
    };
    const pids: number[] = [];
    const evidence: TrialEvidence[] = [];
    const trials = knobs.map(trialOf);
    const directoryOf = ({ id }: Trial) => join(root, id);
    await using executor = createSessionExecutor({
      ...{ job: scriptJob(measurement, whole), env, measurement },
      environmentOf: () => ({ toolchain, archive: undefined }),
      secrets: await readSecrets([], env),
      inputOf: () => ({ endpoint, topic, records, outputTopic: `${topic}-out` }),
      scratch: join(root, 'work'),
      burnIn: { seconds: 90, trials: 1 },
      onStep: () => undefined,
    });
    const context = { directoryOf, signal, onProcess: (pid: number) => pids.push(pid) };
    await using launch = await executor.open({ trials }, context);
    for (const trial of trials) {
      mkdirSync(directoryOf(trial), { recursive: true });
      evidence.push(await launch.run(trial, () => undefined));
    }
    const textOf = (index: number, name: string) =>
      readFileSync(join(root, trials[index]?.id ?? '', name), 'utf8');
    const outcomes = evidence.map((one, index) => {
      const own = knobs[index] ?? {};
      const measured = measureEvidence(one, own, measurement);
      const counted = measured === null ? null : { ...measured, warnings: [], rowsPerSecond: 1 };
      return judgeTrial({
        ...{ knobs: own, evidence: one, machine: null, measurement: counted },
        query: job.query,
      });
    });
    return { evidence, outcomes, pids, textOf, root };
  }

  it("plays Spark's own word count for Kafka three times, each with its own knobs", async () => {
    const example = 'examples/src/main/python/sql/streaming/structured_kafka_wordcount.py';
    const { evidence, outcomes, pids, textOf } = await play(join(toolchain.spark.home, example), {
      job: { args: ['${kafka.bootstrapServers}', 'subscribe', '${kafka.topic}'] },
    });
    expect(outcomes, textOf(0, 'stdout.log').slice(-3_000)).to.deep.equal(
      Array(3).fill({ kind: 'succeeded' }),
    );
    expect(pids).to.have.lengthOf(1);
    expect(evidence.map(({ session }) => session?.place)).to.deep.equal([1, 2, 3]);
    expect(evidence.map(({ effectiveConf }) => effectiveConf?.[shuffle])).to.deep.equal([
      ...['2', '3', '2'],
    ]);
    expect(evidence.map(rowsOf)).to.deep.equal([records, records, records]);
  });

  it('answers a script that brings its own context, and stops it', async () => {
    const { outcomes, pids, evidence, textOf } = await play(
      fixtureScript('scripts/findspark_word_count.py'),
    );
    expect(outcomes, textOf(0, 'stdout.log').slice(-3_000)).to.deep.equal(
      Array(3).fill({ kind: 'succeeded' }),
    );
    expect(pids).to.have.lengthOf(1);
    const settings = evidence[1]?.script?.settings ?? [];
    const told = settings.find(({ key }) => key === shuffle);
    expect([told?.asked, told?.given]).to.deep.equal(['11', '3']);
  });

  it('gives each trial a Python of its own, and what Spark keeps for a session', async () => {
    const { outcomes, pids, evidence, textOf, root } = await play(
      fixtureScript('session/stains.py'),
      {
        job: {
          args: ['--rate', `\${${size}}`],
          env: { RATE: `\${${size}}` },
          pyFiles: [fixtureScript('session/counting.py')],
        },
      },
    );
    expect(outcomes, textOf(0, 'stdout.log').slice(-3_000)).to.deep.equal(
      Array(3).fill({ kind: 'succeeded' }),
    );
    expect(pids).to.have.lengthOf(1);
    expect(evidence.map(rowsOf)).to.deep.equal([records, records, records]);
    expect(textOf(1, 'stdout.log')).to.contain('the end of stains.py');
    expect(readdirSync(root)).to.include('work');
  });

  for (const name of ['watched_loop.py', 'archive.py', 'two_queries.py', 'stops_itself.py']) {
    it(`ends a trial of ${name}, and goes on`, async () => {
      const { outcomes, pids, textOf } = await play(fixtureScript(`scripts/${name}`), {
        knobs: threeKnobs.slice(0, 2),
        ...(name === 'two_queries.py' ? { job: { query: 'by_time' } } : {}),
      });
      expect(outcomes, textOf(0, 'stdout.log').slice(-3_000)).to.deep.equal(
        Array(2).fill({ kind: 'succeeded' }),
      );
      expect(pids).to.have.lengthOf(1);
    });
  }

  const unfit: readonly (readonly [what: string, told: RegExp])[] = [
    ['memory', /it sets spark\.driver\.memory to 3g, and the driver was started without/],
    ['table', /it has left a table, a database or a function in the catalog/],
    ['view', /it has left a global temporary view/],
    ['checkpoint', /it has set a checkpoint folder/],
    ['file', /it has added files or jars/],
    ['hadoop', /it has changed Hadoop's settings/],
    ['exit', /it has ended its process itself/],
    ['stop', /it uses the JVM itself \(leaves\.py:21\)[^]*it has stopped Spark past PySpark/],
  ];
  for (const [what, told] of unfit) {
    it(`is told of what a script leaves or lacks: ${what}`, async () => {
      const job = { args: [what] };
      const ended = play(fixtureScript('session/leaves.py'), {
        knobs: threeKnobs.slice(0, 1),
        job,
      });
      const error = await ended.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(HarnessError).with.property('code', 'SESSION_UNFIT');
      expect(String(error)).to.match(told);
    });
  }
});

function trialOf(knobs: Assignment, index: number): Trial {
  const id = `c${String(index + 1)}`;
  const all = { 'spark.master': 'local[2]', ...knobs };
  return {
    id: `b1-t${String(index + 1)}-${id}`,
    block: 1,
    configuration: { id, role: 'candidate', levels: {}, knobs: all },
  };
}

function rowsOf({ events }: TrialEvidence): number {
  return events.reduce(
    (sum, event) => sum + (event.kind === 'progress' ? event.progress.numInputRows : 0),
    0,
  );
}
