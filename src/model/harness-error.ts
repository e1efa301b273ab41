import { errorCatalogue, type ErrorCode, type ExitCode } from './error-catalogue.js';

interface HarnessErrorParts {
  readonly code: ErrorCode;
  /** What happened and where (file:line:column, key, command), in one sentence. */
  readonly message: string;
  /** What to do now, one sentence or one command. */
  readonly hint: string;
  readonly cause?: unknown;
}

/** An error that stops the program. A failed trial is data, never one of these. `main` prints it, once. */
export class HarnessError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;

  constructor({ code, message, hint, cause }: HarnessErrorParts) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'HarnessError';
    this.code = code;
    this.hint = hint;
  }

  get exitCode(): ExitCode {
    return errorCatalogue[this.code].exitCode;
  }
}

/** Returns the error for a program stopped by the user; thrown wherever an abort is noticed. */
export function interrupted(): HarnessError {
  return new HarnessError({
    code: 'INTERRUPTED',
    message: 'Interrupted.',
    hint: 'Run the command again to continue.',
  });
}

/** The message of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
