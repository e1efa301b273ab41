import type { ClassArchive } from '../../model/class-archive.js';
import { trialsOf } from '../../model/trial/plan.js';
import type { Manifest } from '../../model/run/run-record.js';
import type { SparkParts } from '../backends/spark-parts.js';
import { canUseArchive, type JobOfArchive } from './archive-at-hand.js';
import { findArchive } from './find-archive.js';
import { ensureArchive, withoutArchive } from './make-archive.js';

/** Making an archive takes about a minute and saves some four seconds a trial: so many trials are worth it. */
const worthwhileTrials = 12;

/**
 * The class archive of all trials of a run; undefined if they start without one. A resumed run goes on as it began. Makes
 * an archive where enough trials gain from it; says so where one is there that Java does not take.
 */
export async function archiveOfRun(
  prepared: JobOfArchive,
  { toolchain, host, step }: SparkParts,
  resumed?: Manifest,
): Promise<ClassArchive | undefined> {
  if (resumed !== undefined && resumed.classArchive === undefined) return undefined;
  if (!canUseArchive(prepared)) return undefined;
  const trials = trialsOf(prepared.plan).length;
  const worthwhile = resumed !== undefined || trials >= worthwhileTrials;
  const found = worthwhile
    ? await ensureArchive(toolchain, { host, step })
    : await findArchive(toolchain, host);
  if (!worthwhile && found.kind === 'refused') step(withoutArchive(found.reason));
  return found.kind === 'ready' ? found.archive : undefined;
}
