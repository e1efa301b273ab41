import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { Toolchain } from '../model/toolchain.js';
import { acquireLock } from '../process/lock-file.js';
import { cacheFolder } from './cache-folder.js';
import { connectorFolder, kafkaFolder } from './cache-layout.js';
import { ensureConnector } from './install/ensure-connector.js';
import {
  ensureSpark,
  inspectSpark,
  type SparkOptions,
  type SparkParts,
} from './install/ensure-spark.js';
import { findJava } from './find-java.js';
import { inCache } from './integrity/cache-failure.js';
import { inspectJars } from './integrity/inspect-jars.js';
import { damageText, type PartState } from './integrity/part-state.js';
import { ensureJars } from './install/ivy-jars.js';
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
 * Finds or installs everything a run needs, and mends what is damaged. A cache that is complete is only read: without
 * network access, without a lock, also where it cannot be written. Concurrent callers that have to write wait for each
 * other. Throws CACHE_UNUSABLE if something is missing and the cache cannot be written.
 */
export async function ensureToolchain(options: EnsureOptions): Promise<Toolchain> {
  const { host, onStep } = options;
  const cache = cacheFolder(host);
  const asked = options.sparkVersion;
  const found = await findJava(host, await wantedSpark(host.env, asked));
  const wanted = { host, cache, found, asked };
  const ready = await inspectToolchain(wanted);
  if (typeof ready !== 'string') return ready;
  return await inCache(cache, ready, async () => {
    await using _lock = await acquireLock({
      file: join(cache, 'setup.lock'),
      timeoutMs: 30 * 60_000,
      signal: host.signal,
      onWait: ({ pid }) => {
        onStep(`Another streamtune (process ${String(pid)}) is setting up, waiting for it`);
      },
    });
    return await installToolchain(wanted, onStep);
  });
}

/** The toolchain if it is complete; undefined if something is missing, which it does not install. */
export async function toolchainAtHand({
  host,
  sparkVersion: asked,
}: Omit<EnsureOptions, 'onStep'>): Promise<Toolchain | undefined> {
  const found = await findJava(host, await wantedSpark(host.env, asked));
  const ready = await inspectToolchain({ host, cache: cacheFolder(host), found, asked });
  return typeof ready === 'string' ? undefined : ready;
}

/** The toolchain if it is complete; otherwise the first thing that it lacks, as a clause. */
async function inspectToolchain(wanted: SparkOptions): Promise<Toolchain | string> {
  const how = { checksums: false };
  const spark = await inspectSpark(wanted, how);
  if (spark.kind !== 'complete') return lacking('Spark', spark);
  const connector = await inspectJars(connectorFolder(wanted.cache, spark.part.spark), how);
  if (connector.kind !== 'complete') return lacking('The Kafka connector', connector);
  const kafka = await inspectJars(kafkaFolder(wanted.cache), how);
  if (kafka.kind !== 'complete') return lacking('Kafka', kafka);
  return toolchainOf(wanted, spark.part, connector.part);
}

function lacking(what: string, state: PartState<unknown>): string {
  return state.kind === 'damaged'
    ? `${what} is damaged (${damageText(state.damage)})`
    : `${what} is not installed`;
}

async function installToolchain(
  wanted: SparkOptions,
  onStep: (text: string) => void,
): Promise<Toolchain> {
  const { host, cache } = wanted;
  const parts = await ensureSpark({ ...wanted, onStep });
  const jars = { host, java: parts.java, sparkHome: parts.spark.home, onStep };
  const connector = await ensureConnector(cache, parts, jars);
  const kafka = { folder: kafkaFolder(cache), dependencies: kafkaDependencies };
  if ((await ensureJars({ ...jars, ...kafka })) === undefined) throw noKafka();
  return toolchainOf(wanted, parts, connector);
}

function toolchainOf(
  { cache }: SparkOptions,
  { java, python, spark }: SparkParts,
  connectorJars: readonly string[],
): Toolchain {
  const { home, version, source } = spark;
  return {
    java,
    python,
    spark: { home, version, source, connectorJars },
    kafka: { version: kafkaVersion, classPath: [join(kafkaFolder(cache), '*')] },
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
