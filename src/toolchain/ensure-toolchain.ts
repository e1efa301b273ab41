import { join } from 'node:path';
import type { Host } from '../model/host.js';
import type { Toolchain } from '../model/toolchain.js';
import { acquireLock } from '../process/lock-file.js';
import { cacheFolder } from './cache-folder.js';
import { connectorFolder, kafkaFolder } from './cache-layout.js';
import { ensureSpark } from './ensure-spark.js';
import { findJava } from './find-java.js';
import { ensureJars } from './ivy-jars.js';
import { kafkaVersion } from './versions.js';

const kafkaDependencies = [
  ['org.apache.kafka', 'kafka_2.13', kafkaVersion],
  ['org.apache.logging.log4j', 'log4j-slf4j-impl', '2.25.1'],
] as const;
/** What the connector needs beside Spark's own jars; Ivy also brings Hadoop, which Spark has. */
const connectorJars = [
  'spark-sql-kafka-0-10_',
  'spark-token-provider-kafka-0-10_',
  'kafka-clients-',
  'commons-pool2-',
  'scala-parallel-collections_',
];

interface EnsureOptions {
  readonly host: Host;
  /** An exact version; left out: 4.0.0, or 3.5.7 where Java has to be brought in. */
  readonly sparkVersion?: string;
  /** Told of each step that takes time. */
  readonly onStep: (text: string) => void;
}

/**
 * Finds or installs all that a run needs. What is complete in the cache is used as it is, without network.
 * Several callers on one cache wait for each other.
 */
export async function ensureToolchain(options: EnsureOptions): Promise<Toolchain> {
  const { host, onStep } = options;
  const cache = cacheFolder(host.env);
  const found = await findJava(host);
  await using _lock = await acquireLock({
    file: join(cache, 'setup.lock'),
    timeoutMs: 30 * 60_000,
    signal: host.signal,
    onWait: ({ pid }) => {
      onStep(`Another streamtune (process ${String(pid)}) is setting up, waiting for it`);
    },
  });
  const asked = options.sparkVersion;
  const { python, java, spark } = await ensureSpark({ host, cache, found, asked, onStep });
  const jars = { host, java, sparkHome: spark.home, onStep };
  const connector = await ensureJars({
    ...jars,
    folder: connectorFolder(cache, spark),
    dependencies: [['org.apache.spark', `spark-sql-kafka-0-10_${spark.scala}`, spark.version]],
    keep: connectorJars,
  });
  const kafka = kafkaFolder(cache);
  await ensureJars({ ...jars, folder: kafka, dependencies: kafkaDependencies });
  const { home, version, source } = spark;
  return {
    java,
    python,
    spark: { home, version, source, connectorJars: connector },
    kafka: { version: kafkaVersion, classPath: [join(kafka, '*')] },
    notes:
      java.source === 'PyPI'
        ? [`No Java was found: using Java ${java.version} from PyPI and Spark ${version}.`]
        : [],
  };
}
