import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/**
 * Command lines of living processes that have to do with a test's folder: it stands in their arguments,
 * environment or working directory. Everything that a run starts works below its results folder.
 */
export function leftOvers(folder: string, expected: readonly number[] = []): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => !expected.includes(Number(name)))
    .flatMap((pid) => {
      try {
        const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8');
        const traces = [read('cmdline'), read('environ'), readlinkSync(`/proc/${pid}/cwd`)];
        if (!traces.some((trace) => trace.includes(folder))) return [];
        return [read('cmdline').replaceAll('\0', ' ')];
      } catch {
        return []; // gone in the meantime, or a zombie, which has no working directory
      }
    });
}
