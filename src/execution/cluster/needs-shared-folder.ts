import type { Configuration } from '../../model/configuration.js';
import { HarnessError } from '../../model/harness-error.js';
import { isOnThisMachine, targetOf } from '../../model/target.js';

/**
 * Throws SHARED_FOLDER_UNUSABLE if executors run elsewhere and nobody said where they find the checkpoint: each would
 * keep its part of the state on a disk of its own, and go on as if all was well until a task moves.
 */
export function requireSharedFolder(
  configurations: readonly Configuration[],
  folder: string | undefined,
): void {
  if (folder !== undefined) return;
  const elsewhere = configurations.find(({ knobs }) => !isOnThisMachine(targetOf(knobs)));
  if (elsewhere === undefined) return;
  throw new HarnessError({
    code: 'SHARED_FOLDER_UNUSABLE',
    message: `The executors of ${targetOf(elsewhere.knobs).master} run on other machines, and nothing says where they and the driver share a folder for the checkpoint.`,
    hint: 'Set spark.sharedFolder: a folder that is mounted everywhere, or a URI such as hdfs://HOST/PATH or s3a://BUCKET/PATH.',
  });
}
