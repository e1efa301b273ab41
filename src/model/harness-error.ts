import { errorCatalogue, type ErrorCode, type ExitCode } from './error-catalogue.js';

interface HarnessErrorParts {
  readonly code: ErrorCode;
  /** What happened and where (file:line:column, key, command), one sentence. */
  readonly message: string;
  /** What to do now, one sentence or one command. */
  readonly hint: string;
  readonly cause?: unknown;
}

/** "Cannot continue". A failed trial is data and never one of these. `main` prints it, once. */
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

/** The error for a program that was asked to stop; thrown wherever an abort is noticed. */
export function interrupted(): HarnessError {
  return new HarnessError({
    code: 'INTERRUPTED',
    message: 'Interrupted.',
    hint: 'Run the command again to continue.',
  });
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
