import { rm } from 'node:fs/promises';
import { HarnessError } from '../../model/harness-error.js';
import { connectorFolder, venvFolder } from '../cache-layout.js';
import type { SparkParts } from './ensure-spark.js';
import { ensureJars, type IvyOptions } from './ivy-jars.js';
import { bringsConnector } from '../spark-home.js';
import { testedSparks } from '../versions.js';

/** The jars that the connector needs beyond Spark's own; Ivy also downloads Hadoop, which Spark has. */
const connectorJars = [
  'spark-sql-kafka-0-10_',
  'spark-token-provider-kafka-0-10_',
  'kafka-clients-',
  'commons-pool2-',
  'scala-parallel-collections_',
];

/**
 * Ensures the jars of the Kafka connector for a Spark version; none if an existing Spark brings its own. Undefined if it is not
 * fully published, as in the first weeks of a release.
 */
export async function ensureConnector(
  cache: string,
  { spark }: Pick<SparkParts, 'spark'>,
  options: Omit<IvyOptions, 'folder' | 'dependencies' | 'keep'>,
): Promise<string[] | undefined> {
  if (await bringsConnector(spark)) return [];
  return await ensureJars({
    ...options,
    folder: connectorFolder(cache, spark),
    dependencies: [['org.apache.spark', connectorOf(spark), spark.version]],
    keep: connectorJars,
  });
}

/** INSTALL_FAILED for a Spark without a connector. One that was installed is removed again, as it would be useless. */
export async function withoutConnector(
  cache: string,
  { spark, java }: Pick<SparkParts, 'spark' | 'java'>,
): Promise<HarnessError> {
  if (spark.source === 'PyPI') {
    const venv = venvFolder(cache, spark.version, java.source === 'PyPI');
    await rm(venv, { recursive: true, force: true });
  }
  return new HarnessError({
    code: 'INSTALL_FAILED',
    message: `Spark ${spark.version} has no complete Kafka connector on Maven Central yet (org.apache.spark:${connectorOf(spark)}:${spark.version}).`,
    hint: `The newest Spark that was tested is ${testedSparks[0]}: ask for that one, or leave the version${spark.source === 'PyPI' ? '' : ` and ${spark.source}`} out.`,
  });
}

function connectorOf({ scala }: Pick<SparkParts['spark'], 'scala'>): string {
  return `spark-sql-kafka-0-10_${scala}`;
}
