import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { Toolchain } from '../model/toolchain.js';
import { acquireLock } from '../process/lock-file.js';
import { cacheFolder } from './cache-folder.js';
import { kafkaFolder } from './cache-layout.js';
import { ensureConnector } from './ensure-connector.js';
import { ensureSpark } from './ensure-spark.js';
import { findJava } from './find-java.js';
import { ensureJars } from './ivy-jars.js';
import { wantedSpark } from './spark-home.js';
import { kafkaLog4jVersion, kafkaVersion } from './versions.js';

const kafkaDependencies = [
  ['org.apache.kafka', 'kafka_2.13', kafkaVersion],
  ['org.apache.logging.log4j', 'log4j-slf4j-impl', kafkaLog4jVersion],
] as const;

interface EnsureOptions {
  readonly host: Host;
  /** An exact version; if absent, the default, or another one if Java has to be installed. */
  readonly sparkVersion?: string;
  /** Called for each step that takes time. */
  readonly onStep: (text: string) => void;
}

/**
 * Finds or installs everything a run needs. What is complete in the cache is used as it is, without network access.
 * Concurrent callers with the same cache wait for each other.
 */
export async function ensureToolchain(options: EnsureOptions): Promise<Toolchain> {
  const { host, onStep } = options;
  const cache = cacheFolder(host.env);
  const asked = options.sparkVersion;
  const found = await findJava(host, await wantedSpark(host.env, asked));
  await using _lock = await acquireLock({
    file: join(cache, 'setup.lock'),
    timeoutMs: 30 * 60_000,
    signal: host.signal,
    onWait: ({ pid }) => {
      onStep(`Another streamtune (process ${String(pid)}) is setting up, waiting for it`);
    },
  });
  const parts = await ensureSpark({ host, cache, found, asked, onStep });
  const { python, java, spark } = parts;
  const jars = { host, java, sparkHome: spark.home, onStep };
  const connector = await ensureConnector(cache, parts, jars);
  const kafka = kafkaFolder(cache);
  if ((await ensureJars({ ...jars, folder: kafka, dependencies: kafkaDependencies })) === undefined)
    throw noKafka();
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

function noKafka(): HarnessError {
  return new HarnessError({
    code: 'INSTALL_FAILED',
    message: `Kafka ${kafkaVersion} is not complete on Maven Central, or on the mirror that stands in for it.`,
    hint: 'If there is a mirror, check it; else try again later.',
  });
}
