import { access, copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { recordsOf } from '../../dataset/records-of.js';
import { findBrokerArchive } from '../../execution/find-broker-archive.js';
import { startBroker } from '../../kafka/broker/embedded-broker.js';
import { brokerFiles } from '../../kafka/broker/broker-config.js';
import { firstCheckpoint } from '../../kafka/broker/format-storage.js';
import { consume } from '../../kafka/consumer.js';
import { produce } from '../../kafka/producer.js';
import { createTopic } from '../../kafka/topics.js';
import type { BrokerArchive } from '../../model/broker-archive.js';
import { messageOf } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import type { Toolchain } from '../../model/toolchain.js';
import { brokerArchivePlace, checkpointPlace } from '../../toolchain/archive/archive-place.js';
import { storeArchive } from '../../toolchain/archive/stored-archive.js';
import { cacheFolder } from '../../toolchain/cache-folder.js';
import type { MakeOptions } from './make-archive.js';

/**
 * Makes the broker's archive unless it is there: one broker starts, takes some records and gives them back. What goes wrong
 * is said, as a broker also starts without; throws INTERRUPTED.
 */
export async function ensureBrokerArchive(
  toolchain: Toolchain,
  { host, step }: MakeOptions,
): Promise<BrokerArchive | undefined> {
  const found = await findBrokerArchive(toolchain, host);
  if (found !== undefined) return found;
  step(
    `Making the archive of Kafka ${toolchain.kafka.version}, with which brokers start faster (once)`,
  );
  try {
    await makeArchive(toolchain, host);
    return await findBrokerArchive(toolchain, host);
  } catch (error) {
    if (host.signal.aborted) throw error;
    step(`Brokers start without their archive, a few seconds later: ${messageOf(error)}`);
    return undefined;
  }
}

async function makeArchive(toolchain: Toolchain, host: Host): Promise<void> {
  const cache = cacheFolder(host);
  const classes = brokerArchivePlace(cache, toolchain);
  await mkdir(classes.folder, { recursive: true });
  const folder = await mkdtemp(join(classes.folder, 'draft-'));
  const [draft, checkpoint] = [join(folder, 'classes'), join(folder, 'checkpoint')];
  try {
    await train(toolchain, { host, folder, javaOptions: classes.make(draft), checkpoint });
    await access(draft);
    await storeArchive(classes, draft);
    await storeArchive(checkpointPlace(cache, toolchain), checkpoint);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Training {
  readonly host: Host;
  readonly folder: string;
  /** The broker writes down what it has loaded as it ends. */
  readonly javaOptions: readonly string[];
  /** Gets a copy of what formatting has left. */
  readonly checkpoint: string;
}

/** A broker on a busy machine takes more than the usual ten seconds to end and to write its archive. */
const dumpWithinMs = 120_000;

async function train(
  { kafka, java }: Toolchain,
  { host, folder, javaOptions, checkpoint }: Training,
): Promise<void> {
  const { env, signal } = host;
  const directory = join(folder, 'broker');
  const archive = { javaOptions };
  const options = { kafka, java, directory, env, signal, archive };
  await using broker = await startBroker({ ...options, graceMs: dumpWithinMs });
  await copyFile(firstCheckpoint(brokerFiles(directory).data), checkpoint);
  await exercise({ endpoint: broker.endpoint, signal });
}

/** What a broker does for a run: a topic, records in, records out. */
async function exercise(connection: Parameters<typeof createTopic>[0]): Promise<void> {
  const topic = { name: 'calls', partitions: 4 };
  const records = recordsOf({ kind: 'generated', records: 4_000, seed: 1 });
  await createTopic(connection, topic);
  await produce({ ...connection, topic: topic.name, partitions: topic.partitions, records });
  await consume({
    ...{ ...connection, topic: topic.name, fromBeginning: true },
    range: { untilEnd: true, fromBeginning: true },
    onMessage: () => undefined,
  });
}
