import type { ExitCode } from '../model/error-catalogue.js';
import type { Host } from '../model/host.js';

/** What every command is given, and where it puts its exit code. */
export interface CommandContext {
  readonly host: Host;
  exitCode: ExitCode;
}

/** Writes a message for people to standard error, so that standard output holds only results. */
export function tell(context: CommandContext, text: string): void {
  context.host.err.write(`${text}\n`);
}

/** Writes a result to standard output. */
export function print(context: CommandContext, text: string): void {
  context.host.out.write(`${text}\n`);
}
