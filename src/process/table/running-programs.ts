import { readFile, readdir } from 'node:fs/promises';

/** A live process and its arguments, the program first. */
export interface RunningProgram {
  readonly pid: number;
  readonly args: readonly string[];
}

/** Every process of this machine that this user can see; without /proc (macOS), arguments are split at spaces. */
export async function runningPrograms(): Promise<RunningProgram[]> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  if (pids.length === 0) return await programsFromPs();
  const found = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '');
      return { pid, args: text.split('\0').slice(0, -1) }; // a zombie and a kernel thread have none
    }),
  );
  return found.filter(({ args }) => args.length > 0);
}

async function programsFromPs(): Promise<RunningProgram[]> {
  const { execa } = await import('execa');
  const result = await execa('ps', ['-axww', '-o', 'pid=,command='], { reject: false });
  return ((result.stdout as string | undefined) ?? '').split('\n').flatMap((line) => {
    const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || command === undefined
      ? []
      : [{ pid: Number(pid), args: command.split(' ') }];
  });
}
