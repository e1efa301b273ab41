import { interrupted, messageOf } from '../model/harness-error.js';
import { cappedLog } from './capped-log.js';
import { spawnOptions, type Command } from './command.js';
import { trackGroup } from './groups/live-groups.js';
import { endGroup, signalGroup } from './groups/process-group.js';
import type { TextMask } from './secrets.js';

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
  /** Files for standard output and error; each keeps the start and the end. */
  readonly files?: { readonly stdout: string; readonly stderr: string };
  /** Called with the text of each stream as it arrives, for a program whose output belongs to several files in turn. */
  readonly onText?: (stream: 'stdout' | 'stderr', text: string) => void;
  /** Called with each line of standard error or output, as it arrives. */
  readonly onLine?: (line: string) => void;
  /** Creates the mask of a stream: nothing is written, kept or passed on unmasked. */
  readonly masker?: () => TextMask;
  /** Time between TERM and KILL; default 5 s. */
  readonly graceMs?: number;
  /** Lets it come to its end also where this program, in a shutdown, ends before it. */
  readonly outlive?: boolean;
  /** Called with the id of the child, which is also that of its process group, right after the start. */
  readonly onStart?: (pid: number) => void;
  /** Called right before it is ended, on abort or timeout: what it says from then on is of its end. */
  readonly onStop?: () => void;
}

export interface CommandResult {
  readonly exitCode: number | null;
  readonly endedBySignal: string | null;
  readonly timedOut: boolean;
  /** The last 64 KiB of each stream, as text. */
  readonly stdout: string;
  readonly stderr: string;
  /** Set when the command could not be started. */
  readonly startError: string | null;
}

const keptCharacters = 65_536;

/**
 * Runs a program to its end, in its own process group, without a shell. Processes it leaves running in its group are
 * stopped with it. A non-zero exit is a result, not an exception. On abort the whole group is stopped and INTERRUPTED
 * is thrown; on timeout the group is stopped and `timedOut` is set.
 */
export async function runCommand(command: Command, options: RunOptions): Promise<CommandResult> {
  const { execa } = await import('execa'); // a hundred files, which most commands never need
  if (options.signal.aborted) throw interrupted();
  const child = execa(command.file, command.args, {
    ...spawnOptions(command),
    encoding: 'utf8',
  });
  const stdout = collect(child.stdout, 'stdout', options);
  const stderr = collect(child.stderr, 'stderr', options);
  const ended = Promise.resolve(child);
  if (child.pid !== undefined) {
    if (options.outlive !== true) trackGroup(child.pid, ended);
    options.onStart?.(child.pid);
  }
  const stop = stopOnAbortOrTimeout({ pid: child.pid, ended }, options);
  child.once('exit', stop.endRest);
  const result = await ended;
  stop.release();
  await stop.ending();
  const texts = { stdout: await stdout, stderr: await stderr };
  if (stop.reason() === 'abort') throw interrupted();
  return {
    exitCode: result.exitCode ?? null,
    endedBySignal: result.signal ?? null,
    timedOut: stop.reason() === 'timeout',
    ...texts,
    startError: child.pid === undefined ? messageOf(result) : null,
  };
}

function stopOnAbortOrTimeout(
  child: { readonly pid?: number | undefined; readonly ended: Promise<unknown> },
  options: RunOptions,
) {
  let reason: 'abort' | 'timeout' | undefined;
  let ending: Promise<void> = Promise.resolve();
  const end = (why: 'abort' | 'timeout') => {
    if (reason !== undefined || child.pid === undefined) return;
    reason = why;
    options.onStop?.();
    ending = endGroup(child.pid, child.ended, options.graceMs ?? 5_000);
  };
  /** A killed leader leaves children that keep its streams open, and nobody else would stop them. */
  const endRest = () => {
    if (reason !== undefined || child.pid === undefined || !signalGroup(child.pid, 0)) return;
    ending = endGroup(child.pid, Promise.resolve(), options.graceMs ?? 5_000);
  };
  const onAbort = () => {
    end('abort');
  };
  options.signal.addEventListener('abort', onAbort, { once: true });
  const timer =
    options.timeoutMs === undefined ? undefined : setTimeout(end, options.timeoutMs, 'timeout');
  return {
    reason: () => reason,
    ending: () => ending,
    endRest,
    release: () => {
      clearTimeout(timer);
      options.signal.removeEventListener('abort', onAbort);
    },
  };
}

/** Copies a stream to a file, passes on its lines, and returns its last part. */
async function collect(
  stream: NodeJS.ReadableStream,
  name: 'stdout' | 'stderr',
  { files, onText, onLine, masker }: Pick<RunOptions, 'files' | 'onText' | 'onLine' | 'masker'>,
): Promise<string> {
  const mask = masker?.() ?? { push: (text: string) => text, end: () => '' };
  const copy = files === undefined ? undefined : cappedLog(files[name]);
  let kept = '';
  let rest = '';
  const take = (text: string) => {
    copy?.write(text);
    onText?.(name, text);
    kept = (kept + text).slice(-keptCharacters);
    if (onLine === undefined) return;
    const lines = (rest + text).split(/\r?\n|\r/);
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  };
  for await (const chunk of stream) take(mask.push(chunk.toString()));
  take(mask.end());
  if (rest !== '') onLine?.(rest);
  await copy?.close();
  return kept;
}
