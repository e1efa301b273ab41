import { join } from 'node:path';
import { kafkaVersion } from './versions.js';

/** The venv of one Spark version; the one with a Java of its own is another. */
export function venvFolder(cache: string, sparkVersion: string, withJava: boolean): string {
  return join(cache, `spark-${sparkVersion}${withJava ? '-java17' : ''}`);
}

/** The Kafka connector's jars for one Spark and its Scala. */
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
