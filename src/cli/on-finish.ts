import { errorCatalogue, type ExitCode } from '../model/error-catalogue.js';
import { HarnessError, messageOf } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { runCommand } from '../process/run-command.js';

/** Time limit of the command, so that it cannot hang a run that is over. */
const limitMs = 60_000;

/**
 * Runs the user's command when a run is over, however it ended: an argument array, never a shell line, with
 * STREAMTUNE_EXIT_CODE, STREAMTUNE_ERROR (a code, or empty) and STREAMTUNE_FOLDER (or empty) in its environment.
 * Neither its output nor its exit code affects the run. Returns undefined, or a sentence on what went wrong with it.
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
    // Not the run's signal: that may be aborted, which is when the user most wants to know.
    const signal = new AbortController().signal;
    const ended = await runCommand({ file, args, env }, { signal, timeoutMs: limitMs });
    if (ended.startError !== null) return `${file} could not be started: ${ended.startError}`;
    if (ended.timedOut) return `${file} took longer than a minute and was stopped`;
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
