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
 * Ensures the jars of the Kafka connector for a Spark version; none if an existing Spark brings its own. Throws INSTALL_FAILED if it is not fully published, as
 * in the first weeks of a release; a Spark installed for it is removed again, as it would be useless.
 */
export async function ensureConnector(
  cache: string,
  { spark, java }: Pick<SparkParts, 'spark' | 'java'>,
  options: Omit<IvyOptions, 'folder' | 'dependencies' | 'keep'>,
): Promise<string[]> {
  if (await bringsConnector(spark)) return [];
  const artifact = `spark-sql-kafka-0-10_${spark.scala}`;
  const jars = await ensureJars({
    ...options,
    folder: connectorFolder(cache, spark),
    dependencies: [['org.apache.spark', artifact, spark.version]],
    keep: connectorJars,
  });
  if (jars !== undefined) return jars;
  if (spark.source === 'PyPI') {
    const venv = venvFolder(cache, spark.version, java.source === 'PyPI');
    await rm(venv, { recursive: true, force: true });
  }
  throw new HarnessError({
    code: 'INSTALL_FAILED',
    message: `Spark ${spark.version} has no complete Kafka connector on Maven Central yet (org.apache.spark:${artifact}:${spark.version}).`,
    hint: `The newest Spark that was tested is ${testedSparks[0]}: ask for that one, or leave the version${spark.source === 'PyPI' ? '' : ` and ${spark.source}`} out.`,
  });
}
