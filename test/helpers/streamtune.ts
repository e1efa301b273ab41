import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { projectPath } from '../../src/process/project-paths.js';

interface Ended {
  /** Its exit status as a shell reports it: of a process that a signal ended, 128 and the signal's number. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real program as a user starts it, in a process of its own. */
export function startStreamtune(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const child = spawn(process.execPath, [projectPath('bin/streamtune.js'), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  const waiting: { readonly pattern: RegExp; readonly found: () => void }[] = [];
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
      for (const { pattern, found } of waiting) if (pattern.test(text.stderr)) found();
    });
  }
  const ended = once(child, 'close').then(([code, signal]): Ended => ({
    code: (code as number | null) ?? 128 + constants.signals[signal as NodeJS.Signals],
    ...text,
  }));
  return {
    child,
    ended,
    /** What it has written to standard output so far. */
    stdout: () => text.stdout,
    /** What it has written so far. */
    text,
    /** Resolves when standard error holds the pattern; rejects if the program ends without it. */
    says: async (pattern: RegExp) => {
      const found = new Promise<void>((resolve) => {
        waiting.push({ pattern, found: resolve });
        if (pattern.test(text.stderr)) resolve();
      });
      const tooEarly = ended.then(({ stderr }) => {
        if (!pattern.test(stderr)) throw new Error(`ended without ${String(pattern)}: ${stderr}`);
      });
      await Promise.race([found, tooEarly]);
    },
  };
}

/** Runs the real program to its end. */
export async function streamtune(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> {
  return await startStreamtune(args, env).ended;
}
