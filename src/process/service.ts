import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { messageOf } from '../model/harness-error.js';
import { spawnOptions, type Command } from './command.js';
import { readTail } from './files/read-tail.js';
import { trackGroup } from './groups/live-groups.js';
import { endGroup, signalGroup } from './groups/process-group.js';

/*
 *  startService ──> running ──(exits by itself)──> ended
 *                      └──(stop / await using)──> ended
 */

/** A program that runs until it is stopped, in its own process group. */
export interface Service extends AsyncDisposable {
  readonly pid: number;
  /** True until the program has ended. */
  readonly isRunning: () => boolean;
  /** Resolves when the program has ended, for whatever reason. */
  readonly ended: Promise<ServiceEnd>;
  /** Stops the whole group: TERM, then KILL after the grace time. May be called more than once. */
  readonly stop: () => Promise<void>;
  /** The last lines of its log, excluding those of an earlier service. */
  readonly logTail: (lines: number) => Promise<string[]>;
}

/** How a program ended: one of the two is null. */
export interface ServiceEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

interface ServiceOptions {
  /** Standard output and error are both appended to it. */
  readonly logFile: string;
  readonly graceMs?: number;
  /** Lets the service outlive this process (`kafka up`); then nothing here waits for it. */
  readonly outlive?: boolean;
}

/** Starts a program. Throws the system's error if it cannot be started. */
export async function startService(command: Command, options: ServiceOptions): Promise<Service> {
  // The child inherits the open file: no output passes through this process.
  const { execa } = await import('execa');
  const log = createWriteStream(options.logFile, { flags: 'a' });
  await once(log, 'open');
  const before = (await stat(options.logFile)).size;
  const child = execa(command.file, command.args, {
    ...spawnOptions(command),
    stdout: log,
    stderr: log,
  });
  log.end();
  const pid = child.pid;
  if (pid === undefined) throw new Error(messageOf(await child));

  let running = true;
  const ended = Promise.resolve(child).then((result) => {
    running = false;
    return { exitCode: result.exitCode ?? null, signal: result.signal ?? null };
  });
  if (options.outlive === true) child.unref();
  else trackGroup(pid, ended);
  const stop = async () => {
    if (running || signalGroup(pid, 0)) await endGroup(pid, ended, options.graceMs ?? 10_000);
  };
  return {
    pid,
    isRunning: () => running,
    ended,
    stop,
    logTail: (lines) => readTail(options.logFile, { lines, after: before }),
    [Symbol.asyncDispose]: stop,
  };
}
