import type { ClassArchive } from '../../model/class-archive.js';
import type { Host } from '../../model/host.js';
import type { Toolchain } from '../../model/toolchain.js';
import { runCommand } from '../../process/run-command.js';
import { submitCommand } from '../../spark/submit/submit-command.js';
import { archivePlace, type ArchivePlace } from '../../toolchain/archive/archive-place.js';
import { inspectArchive } from '../../toolchain/archive/stored-archive.js';
import { cacheFolder } from '../../toolchain/cache-folder.js';

/** The class archive of a toolchain: ready to use, not made yet, or of no use for a reason. */
export type FoundArchive =
  | { readonly kind: 'ready'; readonly archive: ClassArchive }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Finds the class archive of a toolchain, and lets Spark's own command line try it: Java compares its build, the class
 * path, and the time and size of each jar with those that the archive was made of.
 */
export async function findArchive(toolchain: Toolchain, host: Host): Promise<FoundArchive> {
  const place = archivePlace(cacheFolder(host), toolchain);
  const stored = await inspectArchive(place);
  if (stored.kind === 'damaged') return { kind: 'refused', reason: stored.reason };
  if (stored.kind === 'missing') return { kind: 'missing' };
  const reason = await whyRefused(place, toolchain, host);
  return reason === undefined ? { kind: 'ready', archive: place.use } : { kind: 'refused', reason };
}

/** What Java says against the archive; undefined if it takes it. */
async function whyRefused(
  { folder, demand }: ArchivePlace<ClassArchive>,
  toolchain: Toolchain,
  { env, signal }: Host,
): Promise<string | undefined> {
  const command = submitCommand({
    ...{ toolchain, env, archive: demand },
    knobs: { 'spark.master': 'local[1]' },
    files: { scratch: folder },
    submission: { application: ['--version'], files: [], env: {} },
  });
  const { exitCode, stdout, stderr, startError } = await runCommand(command, {
    signal,
    timeoutMs: 60_000,
  });
  if (exitCode === 0) return undefined;
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => /[^#\s]/.test(line));
  const told = lines.find((line) => !saysNothing.test(line)) ?? lines.at(0);
  return startError ?? told ?? `Java ended with code ${String(exitCode)}`;
}

/** What Java 17 says besides: the first two on its standard output, the third before the reason. */
const saysNothing =
  /^(?:Error occurred during initialization of VM|Unable to use shared archive\.|An error has occurred while processing the shared archive file\.)$/;
