import { HarnessError, messageOf } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { Command } from '../process/command.js';
import { runCommand } from '../process/run-command.js';

/** Runs one command of an installation. Throws INSTALL_FAILED or DISK_FULL with its last words. */
export async function installStep(
  host: Host,
  command: Omit<Command, 'env'>,
  what: string,
): Promise<string> {
  const result = await runCommand({ ...command, env: host.env }, { signal: host.signal });
  if (result.exitCode === 0) return result.stdout;
  const words = `${result.stdout}\n${result.stderr}`.trim().split('\n');
  const last =
    words.filter((line) => /error|fail|no space/i.test(line)).at(-1) ?? words.at(-1) ?? '';
  const full = /no space left|ENOSPC/i.test(`${result.stdout}${result.stderr}`);
  throw new HarnessError({
    code: full ? 'DISK_FULL' : 'INSTALL_FAILED',
    message: `${what} failed: ${result.startError ?? last.trim()} (command: ${command.file} ${command.args.slice(0, 4).join(' ')} ...)`,
    hint: full
      ? 'Free some space, or put the cache elsewhere with STREAMTUNE_CACHE.'
      : 'Check the network connection and try again; what is complete is not installed twice.',
    cause: messageOf(words.join('\n')),
  });
}
