import { messageOf } from '../model/harness-error.js';
import { spawnOptions, type Command } from './command.js';
import { trackGroup } from './groups/live-groups.js';
import { endGroup, signalGroup } from './groups/process-group.js';

/** A program whose standard output is read as it comes; no faster than the reader takes it. */
interface PipedProgram extends AsyncDisposable {
  readonly output: AsyncIterable<Buffer>;
  /** Resolves when the program has ended, for whatever reason. */
  readonly ended: Promise<PipedEnd>;
  /** Stops its whole group: TERM, then KILL. */
  readonly stop: () => Promise<void>;
}

export interface PipedEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last part of its standard error. */
  readonly stderr: string;
  /** Set when the program could not be started. */
  readonly startError: string | null;
}

const keptCharacters = 16_384;
const graceMs = 2_000;

/** Starts a program without a shell, in its own process group; it is stopped when the signal is aborted. */
export async function startPiped(command: Command, signal: AbortSignal): Promise<PipedProgram> {
  const { execa } = await import('execa');
  const child = execa(command.file, command.args, spawnOptions(command));
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-keptCharacters);
  });
  const ended = Promise.resolve(child).then((result) => ({
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
    stderr,
    startError: child.pid === undefined ? messageOf(result) : null,
  }));
  const { pid } = child;
  if (pid !== undefined) trackGroup(pid, ended);
  const stop = async () => {
    if (pid === undefined || !signalGroup(pid, 0)) return;
    await endGroup(pid, ended, graceMs);
  };
  const onAbort = () => void stop();
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    output: child.stdout,
    ended,
    stop,
    [Symbol.asyncDispose]: async () => {
      signal.removeEventListener('abort', onAbort);
      await stop();
    },
  };
}
