import type { ClassArchive } from '../../model/class-archive.js';
import type { Host } from '../../model/host.js';
import { isSet } from '../../model/knob.js';
import { targetOf, type TargetKind } from '../../model/target.js';
import type { Toolchain } from '../../model/toolchain.js';
import type { PreparedRun } from '../prepare-run.js';
import { findArchive } from './find-archive.js';

export type JobOfArchive = Pick<PreparedRun, 'experiment' | 'plan'>;

/** The class archive for one job in the foreground, if it is there; undefined otherwise. */
export async function archiveAtHand(
  prepared: JobOfArchive,
  { toolchain, host }: { readonly toolchain: Toolchain; readonly host: Host },
): Promise<ClassArchive | undefined> {
  if (!canUseArchive(prepared)) return undefined;
  const found = await findArchive(toolchain, host);
  return found.kind === 'ready' ? found.archive : undefined;
}

/**
 * An archive must be the same for all configurations, so none may change the class path that it was made of. Executors of
 * a cluster have another one, and start without.
 */
export function canUseArchive({ experiment, plan }: JobOfArchive): boolean {
  if (experiment.classArchive === 'off') return false;
  return plan.configurations.every(({ knobs }) => {
    const { kind, deployMode } = targetOf(knobs);
    const isHere = deployMode === 'client' && drivers.includes(kind);
    return isHere && !classPathKnobs.some((key) => isSet(knobs, key));
  });
}

/** Where the driver is a process on this machine that loads what a local one does. */
const drivers: readonly TargetKind[] = ['local', 'standalone'];

const classPathKnobs = ['spark.driver.extraClassPath', 'spark.driver.userClassPathFirst'];
