import { join } from 'node:path';
import { kafkaVersion } from './versions.js';

/** The venv of one Spark version; one with its own Java is separate. */
export function venvFolder(cache: string, sparkVersion: string, withJava: boolean): string {
  return join(cache, `spark-${sparkVersion}${withJava ? '-java17' : ''}`);
}

/** The Kafka connector's jars for one Spark version and its Scala. */
export function connectorFolder(
  cache: string,
  { version, scala }: { readonly version: string; readonly scala: string },
): string {
  return join(cache, `connector-${version}_${scala}`);
}

/** The broker's jars. */
export function kafkaFolder(cache: string): string {
  return join(cache, `kafka-${kafkaVersion}`);
}

/** Of the Spark cluster that `cluster up` starts. */
export function clusterFolder(cache: string): string {
  return join(cache, 'cluster');
}
