import type { ExitCode } from '../model/error-catalogue.js';
import type { Host } from '../model/host.js';

/** What every command is given, and where it leaves its exit code. */
export interface CommandContext {
  readonly host: Host;
  exitCode: ExitCode;
}

/** A line for people, on standard error, so that results on standard output stay clean. */
export function tell(context: CommandContext, text: string): void {
  context.host.err.write(`${text}\n`);
}

/** A result, on standard output. */
export function print(context: CommandContext, text: string): void {
  context.host.out.write(`${text}\n`);
}
