// What a cold trial costs against a bare `spark-submit --packages` of the same job: without the class archive and with it.
// The three take turns, the first one changing from round to round.
// Usage: npm run bench:cold-start [-- ROUNDS]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCalls } from '../src/dataset/generate-calls.js';
import { readSample } from '../src/dataset/police-call.js';
import { createSubmitExecutor } from '../src/execution/submit-executor.js';
import { templateJob } from '../src/jobs/template/template-job.js';
import { produce } from '../src/kafka/producer.js';
import { createTopic } from '../src/kafka/topics.js';
import type { ClassArchive } from '../src/model/class-archive.js';
import type { MeasurementSpec } from '../src/model/experiment.js';
import type { Trial } from '../src/model/trial/plan.js';
import { readSecrets } from '../src/process/secrets.js';
import { median } from '../src/stats/quantile.js';
import { realArchive, realBroker, realToolchain } from '../test/helpers/real-broker.js';
import { testHost } from '../test/helpers/test-host.js';
import { bareSubmit } from './bare-submit.js';

const sides = ['bare', 'trial', 'archive'] as const;
type Side = (typeof sides)[number];

const rounds = Number(process.argv[2] ?? 5);
const records = 20_000;
const topic = 'cold-start';
const knobs = {
  'spark.master': 'local[2]',
  'spark.sql.shuffle.partitions': 4,
  'source.maxOffsetsPerTrigger': 5_000,
};
const { host } = testHost();
const { env, signal } = host;
const toolchain = await realToolchain();
const archive = await realArchive(toolchain);
const folder = mkdtempSync(join(tmpdir(), 'streamtune-bench-'));
const { endpoint, ...broker } = await realBroker(folder);
try {
  const connection = { endpoint, signal };
  await createTopic(connection, { name: topic, partitions: 4 });
  const calls = generateCalls({ sample: readSample(), records, seed: 1 });
  await produce({ ...connection, topic, partitions: 4, records: calls });
  await bare(join(folder, 'first')); // downloads the connector, if Ivy has not done so before
  print(`Spark ${toolchain.spark.version}, Java ${toolchain.java.version}; seconds`);
  print(`round${sides.map((side) => side.padStart(10)).join('')}`);
  const all: Record<Side, number>[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const times: Partial<Record<Side, number>> = {};
    for (const at of sides.keys()) {
      const side = sides[(at + round) % sides.length] ?? 'bare';
      times[side] = await timed(side, join(folder, `${String(round)}-${side}`));
    }
    const found = times as Record<Side, number>;
    all.push(found);
    const cells = sides.map((side) => found[side].toFixed(1).padStart(10));
    print(`${String(round).padStart(5)}${cells.join('')}`);
  }
  summary('a trial, as a share of the bare call', all, ['trial', 'bare']);
  summary('a trial with the archive, as a share of the bare call', all, ['archive', 'bare']);
  summary('a trial with the archive, as a share of one without', all, ['archive', 'trial']);
} finally {
  await broker[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
}

async function timed(side: Side, directory: string): Promise<number> {
  const began = performance.now();
  await (side === 'bare'
    ? bare(directory)
    : trial(directory, side === 'archive' ? archive : undefined));
  return (performance.now() - began) / 1_000;
}

async function bare(directory: string): Promise<void> {
  mkdirSync(directory);
  await bareSubmit({ toolchain, env, signal, knobs, endpoint, topic, directory });
}

async function trial(directory: string, use: ClassArchive | undefined): Promise<void> {
  mkdirSync(directory);
  const measurement: MeasurementSpec = {
    ...{ warmupSeconds: 1, timeLimitSeconds: 300, canary: false, mode: 'drain' },
    ...{ diskReserveBytes: 0, memoryReserveBytes: 0 },
  };
  const executor = createSubmitExecutor({
    ...{ job: templateJob(measurement), env, measurement },
    environmentOf: () => ({ toolchain, archive: use }),
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

function summary(
  what: string,
  all: readonly Record<Side, number>[],
  [over, under]: readonly [Side, Side],
): void {
  const ratios = all.map((round) => round[over] / round[under]).sort((one, other) => one - other);
  const [low = NaN, high = NaN] = [ratios.at(0), ratios.at(-1)];
  print(`${what}: ${(median(ratios) ?? NaN).toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
