import { join } from 'node:path';
import type { RunStatus } from '../../model/run/run-status.js';
import { readTail } from '../../process/files/read-tail.js';
import { trialFolder } from '../../store/trial-folder.js';

const limits = { failures: 20, lines: 20, characters: 1_000 } as const;

/** The last lines that each of the newest failed trials wrote to its log, in which passwords are masked. */
export async function logTails(
  folder: string,
  { failures }: RunStatus,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const tails = await Promise.all(
    failures.slice(-limits.failures).map(async ({ trial: id }) => {
      const file = join(trialFolder(folder, { id }), 'stderr.log');
      const lines = await readTail(file, { lines: limits.lines });
      return [id, lines.map((line) => line.slice(0, limits.characters))] as const;
    }),
  );
  return new Map(tails);
}
