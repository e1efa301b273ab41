import type { Host } from '../../model/host.js';
import { sparksOf, type SparkRequest } from '../../model/spark-request.js';
import { readPlan } from '../../run/read-plan.js';

/**
 * Every Spark that an experiment file asks for; without one, that of the command line, or the default. Throws what reading
 * the experiment throws.
 */
export async function wantedSparks(
  file: string | undefined,
  { host, sparkVersion }: { readonly host: Host; readonly sparkVersion: string | undefined },
): Promise<SparkRequest[]> {
  if (file === undefined) return [{ version: sparkVersion }];
  const overrides = { sparkVersion };
  const { experiment, plan } = await readPlan(file, { host, overrides, anyJob: true });
  return sparksOf(experiment, plan.configurations);
}
