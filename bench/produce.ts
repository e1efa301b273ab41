// Compares our producer with Kafka's own perf tool: same broker, records, acks and number of partitions.
// Usage: npm run bench:produce [-- ROUNDS [RECORDS]]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { generateCalls } from '../src/dataset/generate-calls.js';
import { readSample } from '../src/dataset/police-call.js';
import type { KafkaConnection } from '../src/kafka/client.js';
import { startBroker } from '../src/kafka/broker/embedded-broker.js';
import { produce } from '../src/kafka/producer.js';
import { createTopic } from '../src/kafka/topics.js';
import { bootstrapServersOf } from '../src/model/kafka-endpoint.js';
import { cacheFolder } from '../src/toolchain/cache-folder.js';
import { ensureToolchain } from '../src/toolchain/ensure-toolchain.js';
import { ensureJars } from '../src/toolchain/install/ivy-jars.js';
import { testHost } from '../test/helpers/test-host.js';
import { middleAndRange } from './middle-and-range.js';

const rounds = Number(process.argv[2] ?? 7);
const records = Number(process.argv[3] ?? 500_000);
const partitions = 4;
const { host, controller } = testHost();
process.once('SIGINT', () => {
  controller.abort();
});
const onStep = (text: string) => process.stderr.write(`${text}\n`);

const { kafka, java, spark } = await ensureToolchain({ host, onStep });
const tools = await ensureJars({
  host,
  java,
  sparkHome: spark.home,
  folder: join(
    cacheFolder({ env: process.env, cwd: process.cwd() }),
    `kafka-tools-${kafka.version}`,
  ),
  dependencies: [['org.apache.kafka', 'kafka-tools', kafka.version]],
  onStep,
});
if (tools === undefined) throw new Error('the tools of this Kafka are not published');
const perfTool = tools.join(delimiter);
const folder = mkdtempSync(join(tmpdir(), 'streamtune-bench-'));
try {
  const directory = join(folder, 'broker');
  await using broker = await startBroker({ ...host, kafka, java, directory });
  const connection = { endpoint: broker.endpoint, signal: host.signal };
  const sample = [...generateCalls({ sample: readSample(), records: 10_000, seed: 1 })];
  const payloads = join(folder, 'payloads');
  writeFileSync(payloads, sample.map((record) => record.toString()).join('\n'));
  const bytes = sample.reduce((sum, record) => sum + record.length, 0) / sample.length;
  print(
    `${String(records)} records of ${bytes.toFixed(0)} bytes, ${String(partitions)} partitions, acks=1`,
  );
  print('round  streamtune records/s  perf tool records/s  ratio');
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const own = () => ownRate(`own-${String(round)}`, connection);
    const perf = () => perfRate(`perf-${String(round)}`, connection, payloads);
    // The second one finds a warmer broker, so they take turns.
    const [first, second] = round % 2 === 0 ? [own, perf] : [perf, own];
    const rates = [await first(), await second()];
    const [ours = 0, theirs = 1] = round % 2 === 0 ? rates : rates.reverse();
    if (round > 0) ratios.push(ours / theirs);
    const cells = [ours.toFixed(0).padStart(20), theirs.toFixed(0).padStart(20)];
    const note = round === 0 ? '  (warm-up, not counted)' : '';
    print(`${String(round).padStart(5)}  ${cells.join(' ')}  ${(ours / theirs).toFixed(3)}${note}`);
  }
  print(`ratio: ${middleAndRange(ratios)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function ownRate(topic: string, connection: KafkaConnection): Promise<number> {
  await createTopic(connection, { name: topic, partitions });
  const source = generateCalls({ sample: readSample(), records, seed: 1 });
  const produced = await produce({ ...connection, topic, partitions, records: source });
  return (1_000 * produced.records) / produced.elapsedMs;
}

async function perfRate(
  topic: string,
  connection: KafkaConnection,
  payloads: string,
): Promise<number> {
  await createTopic(connection, { name: topic, partitions });
  const args = [
    ...['-cp', perfTool, 'org.apache.kafka.tools.ProducerPerformance'],
    ...['--topic', topic, '--num-records', String(records), '--throughput', '-1'],
    ...['--payload-file', payloads, '--producer-props'],
    ...['acks=1', `bootstrap.servers=${bootstrapServersOf(connection.endpoint)}`],
  ];
  const { stdout, stderr } = spawnSync(java.executable, args, { encoding: 'utf8' });
  const rate = /([\d.]+) records\/sec/.exec(stdout.trim().split('\n').at(-1) ?? '')?.[1];
  if (rate === undefined) throw new Error(`the perf tool gave no rate: ${stderr}`);
  return Number(rate);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
