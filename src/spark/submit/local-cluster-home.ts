import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrialFiles } from '../../model/trial/job.js';
import type { Target } from '../../model/target.js';
import type { Toolchain } from '../../model/toolchain.js';

/** What the workers of a `local-cluster` would leave in a Spark: a folder for each application, with its jars. */
const leftThere = 'work';

/**
 * Makes a home of Spark for the driver of a `local-cluster`, of links to the real one: its workers keep the folders of their
 * executors in there (`LocalSparkCluster` names no other place), and these go with the trial. Does nothing for any other master.
 */
export async function linkSparkHome(
  { scratch }: Pick<TrialFiles, 'scratch'>,
  { kind }: Pick<Target, 'kind'>,
  { spark }: Pick<Toolchain, 'spark'>,
): Promise<void> {
  if (kind !== 'local-cluster') return;
  const own = linkedSparkHome(scratch);
  await mkdir(own, { recursive: true });
  const names = await readdir(spark.home);
  for (const name of names.filter((one) => one !== leftThere)) {
    await symlink(join(spark.home, name), join(own, name));
  }
}

/** For SPARK_HOME. */
export function linkedSparkHome(scratch: string): string {
  return join(scratch, 'spark');
}
