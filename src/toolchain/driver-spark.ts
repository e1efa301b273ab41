import type { Host } from '../model/host.js';
import type { SparkRequest } from '../model/spark-request.js';
import { findJava } from './find-java.js';
import { givenHome, wantedSpark } from './spark-home.js';
import { sparkForBundledJava } from './versions.js';

/**
 * The version of the Spark that a driver here would be of, before anything is installed; undefined if what is named as an
 * existing Spark is none.
 */
export async function driverSpark(host: Host, asked: SparkRequest): Promise<string | undefined> {
  const wanted = await wantedSpark(host.env, asked).catch(() => undefined);
  const isNamed = asked.version !== undefined || givenHome(host.env, asked) !== undefined;
  if (wanted === undefined || isNamed) return wanted;
  const hasJava = await findJava(host, wanted).then(
    (java) => java !== undefined,
    () => true,
  );
  return hasJava ? wanted : sparkForBundledJava;
}
