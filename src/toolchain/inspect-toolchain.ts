import { join } from 'node:path';
import type { Toolchain } from '../model/toolchain.js';
import { connectorFolder, kafkaFolder } from './cache-layout.js';
import { inspectSpark, type SparkOptions, type SparkParts } from './install/ensure-spark.js';
import { inspectJars } from './integrity/inspect-jars.js';
import { damageText, type InspectOptions, type PartState } from './integrity/part-state.js';
import { bringsConnector, type GivenSpark } from './spark-home.js';
import { kafkaVersion } from './versions.js';

/** The toolchain if it is complete; otherwise the first thing that it lacks, as a clause. */
export async function inspectToolchain(wanted: SparkOptions): Promise<Toolchain | string> {
  const how = { checksums: false };
  const spark = await inspectSpark(wanted, how);
  if (spark.kind !== 'complete') return lacking('Spark', spark);
  const connector = await inspectConnector(wanted.cache, spark.part.spark, how);
  if (connector.kind !== 'complete') return lacking('The Kafka connector', connector);
  const kafka = await inspectJars(kafkaFolder(wanted.cache), how);
  if (kafka.kind !== 'complete') return lacking('Kafka', kafka);
  return toolchainOf(wanted, spark.part, connector.part);
}

async function inspectConnector(
  cache: string,
  spark: GivenSpark,
  how: InspectOptions,
): Promise<PartState<string[]>> {
  if (await bringsConnector(spark)) return { kind: 'complete', part: [] };
  return await inspectJars(connectorFolder(cache, spark), how);
}

function lacking(what: string, state: PartState<unknown>): string {
  return state.kind === 'damaged'
    ? `${what} is damaged (${damageText(state.damage)})`
    : `${what} is not installed`;
}

/** What was found or installed, put together. */
export function toolchainOf(
  { cache }: SparkOptions,
  { java, python, spark }: SparkParts,
  connectorJars: readonly string[],
): Toolchain {
  const { home, version, source, scala } = spark;
  return {
    java,
    python,
    spark: { home, version, source, scala, connectorJars },
    kafka: { version: kafkaVersion, classPath: [join(kafkaFolder(cache), '*')] },
    notes:
      java.source === 'PyPI'
        ? [`No Java was found: using Java ${java.version} from PyPI and Spark ${version}.`]
        : [],
  };
}
