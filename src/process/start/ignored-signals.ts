import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** The signals that an ignored start takes from a program: SIGHUP under nohup, SIGINT in the background of a script. */
export type IgnorableSignal = 'SIGHUP' | 'SIGINT';

/** Set by bin/streamtune.js: the names of the signals that were ignored when it was started, without SIG. */
export const ignoredVariable = 'STREAMTUNE_IGNORED_SIGNALS';

/** What can be read about the start of this process. */
export interface Start {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly parentPid: number;
  /** The text of a file; undefined if it cannot be read. */
  readonly read: (file: string) => string | undefined;
}

/**
 * Which signals were ignored when this program was started, and so must stay ignored. Node resets them to their default
 * before it runs any JavaScript (`PlatformInit` in node.cc), so the program cannot ask. Started by its own name, the
 * shell's first line in bin/streamtune.js has asked. Started as `node bin/streamtune.js`, only SIGHUP can be told, and
 * only by its traces; an ignored SIGINT leaves none.
 */
export function ignoredSignals(start: Start): ReadonlySet<IgnorableSignal> {
  const asked = start.env[ignoredVariable];
  if (asked !== undefined) {
    const names = asked.split(' ').map((name) => `SIG${name}`);
    return new Set((['SIGHUP', 'SIGINT'] as const).filter((name) => names.includes(name)));
  }
  return new Set(isUnderNohup(start) ? ['SIGHUP'] : []);
}

function isUnderNohup({ env, parentPid, read }: Start): boolean {
  // Bash, Zsh and Ksh name the program that they started, and nohup replaces itself.
  if (basename(env['_'] ?? '') === 'nohup') return true;
  // A script that runs under nohup: a child inherits what its parent ignores. SIGHUP is the first bit.
  const mask = /^SigIgn:\s*([\da-f]+)$/m.exec(read(`/proc/${String(parentPid)}/status`) ?? '');
  if (parseInt(mask?.[1]?.slice(-1) ?? '0', 16) % 2 === 1) return true;
  // GNU nohup replaces a terminal by a standard input that can only be written.
  const flags = /^flags:\s*(\d+)$/m.exec(read('/proc/self/fdinfo/0') ?? '');
  return parseInt(flags?.[1]?.slice(-1) ?? '0', 8) % 4 === 1;
}

/** The start of this process; without /proc (macOS), less of it can be read. */
export function thisStart(): Start {
  return {
    env: process.env,
    parentPid: process.ppid,
    read: (file) => {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return undefined;
      }
    },
  };
}
