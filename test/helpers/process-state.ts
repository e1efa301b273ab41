import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** False on macOS, where `ps` knows less and is slower. */
export const hasProc = existsSync('/proc/self/stat');

/** The state of a process as proc(5) names it: R, S, T (stopped), Z; undefined for one that is gone. */
export function stateOf(pid: number): string | undefined {
  if (!hasProc) return ps('-o', 'stat=', '-p', String(pid))[0]?.trim()[0];
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0];
  } catch {
    return undefined;
  }
}

/** Whether a process runs or waits: it is there, and neither stopped nor a zombie. */
export function isRunning(pid: number): boolean {
  return !['T', 'Z', undefined].includes(stateOf(pid));
}

/** Whether there is no such process any more; a zombie only waits for whoever inherited it. */
export function isGone(pid: number): boolean {
  return ['Z', undefined].includes(stateOf(pid));
}

/** The ids of living processes whose arguments hold all of these texts. */
export function processesWith(...texts: readonly string[]): number[] {
  return commandLines()
    .filter(({ command }) => texts.every((text) => command.includes(text)))
    .map(({ pid }) => pid);
}

/** Kills these at once. One may have ended by itself meanwhile, as its parent was killed. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!isGone(pid)) throw error;
    }
  }
}

interface CommandLine {
  readonly pid: number;
  readonly command: string;
}

/** Every process but this one's `ps`, with its arguments. */
export function commandLines(): CommandLine[] {
  if (!hasProc) {
    return ps('-axww', '-o', 'pid=,command=').flatMap((line) => {
      const [, pid, command = ''] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined || command.startsWith('ps -axww')
        ? []
        : [{ pid: Number(pid), command }];
    });
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(pid), command }];
      } catch {
        return []; // gone in the meantime
      }
    });
}

function ps(...args: readonly string[]): string[] {
  return spawnSync('ps', args, { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line !== '');
}
