import { isSet, type Assignment } from '../../model/knob.js';
import { targetOf } from '../../model/target.js';
import type { Toolchain } from '../../model/toolchain.js';
import type { SharedFolder } from './shared-folder.js';

/** Where YARN finds Spark's own jars, so that it need not get them with each trial; undefined where it has them already. */
export async function jarsForYarn(
  knobs: Assignment,
  shared: Pick<SharedFolder, 'jarsOf'> | undefined,
  { spark }: Pick<Toolchain, 'spark'>,
): Promise<string | undefined> {
  const named = ['spark.yarn.jars', 'spark.yarn.archive'].some((key) => isSet(knobs, key));
  return targetOf(knobs).kind === 'yarn' && !named ? await shared?.jarsOf(spark) : undefined;
}
