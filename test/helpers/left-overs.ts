import { readFileSync, readlinkSync } from 'node:fs';
import { commandLines, hasProc } from './process-state.js';

/**
 * Command lines of living processes that have to do with a test's folder: it stands in their arguments or, where
 * there is a /proc, in their environment or working directory. Everything that a run starts works below its results
 * folder.
 */
export function leftOvers(folder: string, expected: readonly number[] = []): string[] {
  return commandLines()
    .filter(({ pid }) => pid !== process.pid && !expected.includes(pid))
    .filter(({ pid, command }) => tracesOf(pid, command).some((text) => text.includes(folder)))
    .map(({ command }) => command);
}

/** All that names the folder of a process; nothing of one that is gone in the meantime, or a zombie. */
function tracesOf(pid: number, command: string): string[] {
  if (!hasProc) return [command];
  const place = `/proc/${String(pid)}`;
  try {
    return [command, readFileSync(`${place}/environ`, 'utf8'), readlinkSync(`${place}/cwd`)];
  } catch {
    return [];
  }
}
