import { join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { SparkRequest } from '../model/spark-request.js';
import type { Toolchain } from '../model/toolchain.js';
import { acquireLock } from '../process/lock-file.js';
import { cacheFolder } from './cache-folder.js';
import { kafkaFolder } from './cache-layout.js';
import { findJava } from './find-java.js';
import { findPython } from './find-python.js';
import { inspectToolchain, toolchainOf } from './inspect-toolchain.js';
import { ensureConnector, withoutConnector } from './install/ensure-connector.js';
import { ensureSpark, inspectSpark, type SparkOptions } from './install/ensure-spark.js';
import { ensureJars } from './install/ivy-jars.js';
import { inCache } from './integrity/cache-failure.js';
import { wantedSpark } from './spark-home.js';
import { sparkLine } from './spark-line.js';
import { defaultSpark, kafkaLog4jVersion, kafkaVersion } from './versions.js';

const kafkaDependencies = [
  ['org.apache.kafka', 'kafka_2.13', kafkaVersion],
  ['org.apache.logging.log4j', 'log4j-slf4j-impl', kafkaLog4jVersion],
] as const;

interface EnsureOptions {
  readonly host: Host;
  /** An exact version; if absent, the default, or another one if Java has to be installed. */
  readonly sparkVersion?: string;
  /** The folder of an existing Spark, in place of that of SPARK_HOME. */
  readonly sparkHome?: string;
  /** Called for each step that takes time. */
  readonly onStep: (text: string) => void;
}

interface EnsureAllOptions extends Pick<EnsureOptions, 'host' | 'onStep'> {
  readonly sparks: readonly SparkRequest[];
}

/**
 * Finds or installs everything a run needs, and mends what is damaged. A cache that is complete is only read: without
 * network access, without a lock, also where it cannot be written. Concurrent callers that have to write wait for each
 * other. Throws CACHE_UNUSABLE if something is missing and the cache cannot be written.
 */
export async function ensureToolchain({
  host,
  onStep,
  ...spark
}: EnsureOptions): Promise<Toolchain> {
  return await ensureOne(await wantedToolchain(host, requestOf(spark)), onStep);
}

/**
 * The toolchain of each Spark that is asked for, in their order. All of them run on one Java, so that it is no part of what
 * is compared. What can be known of any of them before something is installed is told first. Throws as `ensureToolchain`.
 */
export async function ensureToolchains(options: EnsureAllOptions): Promise<Toolchain[]> {
  const { host, sparks, onStep } = options;
  const versions = await Promise.all(sparks.map((one) => wantedSpark(host.env, one)));
  const found = await findJava(host, pickiest(versions));
  const cache = cacheFolder(host);
  const all = sparks.map((asked) => ({ host, cache, found, asked }));
  if (all.length > 1) await refuseHopeless(all, versions);
  const toolchains: Toolchain[] = [];
  for (const wanted of all) toolchains.push(await ensureOne(wanted, onStep));
  return toolchains;
}

/** The version that runs on the fewest Javas: every one of those suits the others, as all begin at the same one. */
function pickiest(versions: readonly string[]): string {
  const newest = (version: string) => sparkLine(version).newestJava;
  return [...versions].sort((a, b) => newest(a) - newest(b))[0] ?? defaultSpark;
}

/** Throws JAVA_MISSING or PYTHON_MISSING for the first Spark that cannot be used here, before another is installed. */
async function refuseHopeless(
  all: readonly SparkOptions[],
  versions: readonly string[],
): Promise<void> {
  for (const [index, wanted] of all.entries()) {
    const state = await inspectSpark(wanted, { checksums: false });
    if (state.kind !== 'complete') await findPython(wanted.host, versions[index] ?? defaultSpark);
  }
}

function requestOf({
  sparkVersion,
  sparkHome,
}: Omit<EnsureOptions, 'host' | 'onStep'>): SparkRequest {
  return { version: sparkVersion, home: sparkHome };
}

async function wantedToolchain(host: Host, asked: SparkRequest): Promise<SparkOptions> {
  const cache = cacheFolder(host);
  const found = await findJava(host, await wantedSpark(host.env, asked));
  return { host, cache, found, asked };
}

/** The toolchain if it is complete; undefined if something is missing, which it does not install. */
export async function toolchainAtHand({
  host,
  ...spark
}: Omit<EnsureOptions, 'onStep'>): Promise<Toolchain | undefined> {
  const ready = await inspectToolchain(await wantedToolchain(host, requestOf(spark)));
  return typeof ready === 'string' ? undefined : ready;
}

async function ensureOne(wanted: SparkOptions, onStep: (text: string) => void): Promise<Toolchain> {
  const { host, cache } = wanted;
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

async function installToolchain(
  wanted: SparkOptions,
  onStep: (text: string) => void,
): Promise<Toolchain> {
  const { host, cache } = wanted;
  const parts = await ensureSpark({ ...wanted, onStep });
  const jars = { host, java: parts.java, sparkHome: parts.spark.home, onStep };
  const kafka = { folder: kafkaFolder(cache), dependencies: kafkaDependencies };
  // Side by side, as both mostly wait for the network. Neither goes on once this has returned.
  const resolving = [
    ensureConnector(cache, parts, jars),
    ensureJars({ ...jars, ...kafka }),
  ] as const;
  await Promise.allSettled(resolving);
  const [connector, broker] = await Promise.all(resolving);
  if (connector === undefined) throw await withoutConnector(cache, parts);
  if (broker === undefined) throw noKafka();
  return toolchainOf(wanted, parts, connector);
}

function noKafka(): HarnessError {
  return new HarnessError({
    code: 'INSTALL_FAILED',
    message: `Kafka ${kafkaVersion} is not complete on Maven Central, or on the mirror that stands in for it.`,
    hint: 'If there is a mirror, check it; else try again later.',
  });
}
