import { errorCatalogue, type ExitCode } from '../model/error-catalogue.js';
import { HarnessError, messageOf } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { runCommand } from '../process/run-command.js';

/** The command may take so long; a night must not hang on a message about its end. */
const limitMs = 60_000;

/**
 * Runs a person's command when a run is over, however it ended: an argument array, never a line for a shell, with
 * STREAMTUNE_EXIT_CODE, STREAMTUNE_ERROR (a code or nothing) and STREAMTUNE_FOLDER (or nothing) in its environment.
 * What it prints and how it ends changes nothing of the run; undefined, or a sentence on what went wrong with it.
 */
export async function runOnFinish(
  command: readonly string[],
  {
    host,
    exitCode,
    error,
    folder,
  }: {
    readonly host: Host;
    readonly exitCode: ExitCode;
    readonly error: unknown;
    readonly folder: string | undefined;
  },
): Promise<string | undefined> {
  const [file, ...args] = command;
  if (file === undefined) return undefined;
  const code = error instanceof HarnessError ? error.code : error === undefined ? '' : 'INTERNAL';
  const env = {
    ...host.env,
    STREAMTUNE_EXIT_CODE: String(error === undefined ? exitCode : exitCodeOf(error)),
    STREAMTUNE_ERROR: code,
    STREAMTUNE_FOLDER: folder ?? '',
  };
  try {
    // Its own signal: the run's may be aborted, and then people want to hear of it all the more.
    const signal = new AbortController().signal;
    const ended = await runCommand({ file, args, env }, { signal, timeoutMs: limitMs });
    if (ended.startError !== null) return `${file} could not be started: ${ended.startError}`;
    if (ended.timedOut) return `${file} took longer than a minute and was ended`;
    return ended.exitCode === 0
      ? undefined
      : `${file} ended with exit code ${String(ended.exitCode)}`;
  } catch (problem) {
    return `${file}: ${messageOf(problem)}`;
  }
}

function exitCodeOf(error: unknown): ExitCode {
  return error instanceof HarnessError ? error.exitCode : errorCatalogue.INTERNAL.exitCode;
}
