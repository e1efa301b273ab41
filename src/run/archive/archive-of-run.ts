import { coldStartsOf } from '../../design/cold-starts.js';
import type { TrialEnvironment } from '../../model/trial-environment.js';
import type { Manifest } from '../../model/run/run-record.js';
import type { Toolchain } from '../../model/toolchain.js';
import type { SparkParts } from '../backends/spark-parts.js';
import { canUseArchive, type JobOfArchive } from './archive-at-hand.js';
import { findArchive } from './find-archive.js';
import { leavesArchiveOut } from './leaves-archive-out.js';
import { ensureArchive, withoutArchive } from './make-archive.js';

/** Making an archive takes about a minute and saves some four seconds each time a driver starts: so many are worth it. */
const worthwhileStarts = 12;

/**
 * Each Spark of a run with the class archive of its trials: all of them have one, or all start without. A resumed run goes
 * on as it began. Makes the archives where enough drivers gain from them; says so where one is there that Java does not take.
 */
export async function withArchives(
  prepared: JobOfArchive,
  parts: SparkParts,
  resumed?: Manifest,
): Promise<TrialEnvironment[]> {
  const { toolchains } = parts;
  const bare = toolchains.map((toolchain) => ({ toolchain }));
  if (resumed !== undefined && resumed.classArchive === undefined) return bare;
  if (!canUseArchive(prepared)) return bare;
  const leftOut = resumed === undefined ? leavesArchiveOut(prepared.plan) : undefined;
  if (leftOut !== undefined) {
    parts.step(withoutArchive(leftOut));
    return bare;
  }
  const worthwhile = resumed !== undefined || isWorthwhile(prepared, toolchains.length);
  const found: TrialEnvironment[] = [];
  for (const toolchain of toolchains) {
    const environment = await withArchive(toolchain, parts, worthwhile);
    if (environment === undefined) return bare;
    found.push(environment);
  }
  return found;
}

/** Whether the drivers of each Spark gain more than making its archive takes. */
export function isWorthwhile({ plan, experiment }: JobOfArchive, sparks: number): boolean {
  return coldStartsOf(plan, experiment) / sparks >= worthwhileStarts;
}

async function withArchive(
  toolchain: Toolchain,
  { host, step }: SparkParts,
  worthwhile: boolean,
): Promise<TrialEnvironment | undefined> {
  const found = worthwhile
    ? await ensureArchive(toolchain, { host, step })
    : await findArchive(toolchain, host);
  if (!worthwhile && found.kind === 'refused') step(withoutArchive(found.reason));
  return found.kind === 'ready' ? { toolchain, archive: found.archive } : undefined;
}
