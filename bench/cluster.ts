// What a trial on a standalone cluster costs more than the same in local mode, and what of that is Spark's: the same two by a
// bare spark-submit. Cluster, broker and the four take place on this machine, and have the same cores. They take turns.
// Usage: npm run bench:cluster [-- ROUNDS]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startCluster } from '../src/cluster/start-cluster.js';
import { generateCalls } from '../src/dataset/generate-calls.js';
import { readSample } from '../src/dataset/police-call.js';
import { createSubmitExecutor } from '../src/execution/submit-executor.js';
import { jobParameters } from '../src/jobs/template/job-parameters.js';
import { renderJob } from '../src/jobs/template/render-job.js';
import { templateJob } from '../src/jobs/template/template-job.js';
import { produce } from '../src/kafka/producer.js';
import { createTopic } from '../src/kafka/topics.js';
import type { MeasurementSpec } from '../src/model/experiment.js';
import { bootstrapServersOf } from '../src/model/kafka-endpoint.js';
import type { Assignment } from '../src/model/knob.js';
import type { Trial } from '../src/model/trial/plan.js';
import { runCommand } from '../src/process/run-command.js';
import { readSecrets } from '../src/process/secrets.js';
import { median } from '../src/stats/quantile.js';
import { realArchive, realBroker, realToolchain } from '../test/helpers/real-broker.js';
import { testHost } from '../test/helpers/test-host.js';

const sides = ['local', 'cluster', 'bare local', 'bare cluster'] as const;
type Side = (typeof sides)[number];

const rounds = Number(process.argv[2] ?? 3);
const records = 20_000;
const topic = 'cluster-cost';
const { host } = testHost();
const { env, signal } = host;
const toolchain = await realToolchain();
const archive = await realArchive(toolchain);
const folder = mkdtempSync(join(tmpdir(), 'streamtune-bench-'));
const { endpoint, ...broker } = await realBroker(folder);
try {
  await using cluster = await startCluster({
    ...{ toolchain, env, signal, directory: join(folder, 'cluster') },
    ...{ port: 0, workers: 2, size: { cores: 1, memory: '1g' } },
  });
  const knobsOf = (side: Side): Assignment => ({
    'spark.master': side.endsWith('cluster') ? cluster.master : 'local[2]',
    'spark.sql.shuffle.partitions': 4,
    'source.maxOffsetsPerTrigger': 5_000,
  });
  const connection = { endpoint, signal };
  await createTopic(connection, { name: topic, partitions: 4 });
  const calls = generateCalls({ sample: readSample(), records, seed: 1 });
  await produce({ ...connection, topic, partitions: 4, records: calls });
  print(`Spark ${toolchain.spark.version}, Java ${toolchain.java.version}; seconds`);
  print(`round${sides.map((side) => side.padStart(14)).join('')}`);
  const all: Record<Side, number>[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const times: Partial<Record<Side, number>> = {};
    for (const at of sides.keys()) {
      const side = sides[(at + round) % sides.length] ?? 'local';
      const directory = join(folder, `${String(round)}-${side.replace(' ', '-')}`);
      mkdirSync(directory);
      const began = performance.now();
      await (side.startsWith('bare') ? bare : trial)(directory, knobsOf(side));
      times[side] = (performance.now() - began) / 1_000;
    }
    const found = times as Record<Side, number>;
    all.push(found);
    const cells = sides.map((side) => found[side].toFixed(1).padStart(14));
    print(`${String(round).padStart(5)}${cells.join('')}`);
  }
  const more = (over: Side, under: Side) =>
    all.map((round) => round[over] - round[under]).sort((one, other) => one - other);
  tell('a trial costs more on the cluster', more('cluster', 'local'));
  tell('a bare spark-submit costs more there', more('bare cluster', 'bare local'));
} finally {
  await broker[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
}

/** As somebody without streamtune runs the job, the connector's jars at hand. */
async function bare(directory: string, knobs: Assignment): Promise<void> {
  const job = join(directory, 'data_stream.py');
  const places = {
    bootstrapServers: bootstrapServersOf(endpoint),
    ...{ topic, outputTopic: 'none', output: 'none', radioCodes: 'none' },
    checkpoint: join(directory, 'checkpoint'),
  };
  writeFileSync(job, renderJob(jobParameters(knobs), places));
  const { home, connectorJars } = toolchain.spark;
  const ended = await runCommand(
    {
      file: join(home, 'bin', 'spark-submit'),
      args: [
        ...['--jars', connectorJars.join(',')],
        ...['--master', String(knobs['spark.master'])],
        ...['--conf', 'spark.driver.host=127.0.0.1'],
        ...['--conf', 'spark.sql.shuffle.partitions=4', job],
      ],
      cwd: directory,
      env: {
        ...{ HOME: env['HOME'], JAVA_HOME: toolchain.java.home },
        PYSPARK_PYTHON: toolchain.python.executable,
        PATH: [join(toolchain.java.home, 'bin'), env['PATH'] ?? ''].join(delimiter),
        SPARK_LOCAL_IP: '127.0.0.1',
      },
    },
    { signal },
  );
  if (ended.exitCode !== 0) throw new Error(ended.stderr.slice(-2_000));
}

async function trial(directory: string, knobs: Assignment): Promise<void> {
  const measurement: MeasurementSpec = {
    ...{ warmupSeconds: 1, timeLimitSeconds: 300, canary: false, mode: 'drain' },
    ...{ diskReserveBytes: 0, memoryReserveBytes: 0 },
  };
  const executor = createSubmitExecutor({
    ...{ job: templateJob(measurement), env, measurement },
    environmentOf: () => ({ toolchain, archive }),
    secrets: await readSecrets([], env),
    inputOf: () => ({ endpoint, topic, records, outputTopic: 'none' }),
  });
  const planned: Trial = {
    ...{ id: 'b1-t1-baseline', block: 1 },
    configuration: { id: 'baseline', role: 'baseline', levels: {}, knobs },
  };
  const context = { directoryOf: () => directory, signal, onProcess: () => undefined };
  await using launch = await executor.open({ trials: [planned] }, context);
  const { end } = await launch.run(planned, () => undefined);
  if (end.kind !== 'ended') throw new Error(JSON.stringify(end));
}

function tell(what: string, seconds: readonly number[]): void {
  const [low = NaN, high = NaN] = [seconds.at(0), seconds.at(-1)];
  const middle = median(seconds) ?? NaN;
  print(`${what}: ${middle.toFixed(1)} s (${low.toFixed(1)} to ${high.toFixed(1)} s)`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
