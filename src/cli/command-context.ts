import type { ExitCode } from '../model/error-catalogue.js';
import type { Host } from '../model/host.js';
import { asCalled } from './usage/as-called.js';

/** What every command is given, and where it puts its exit code. */
export interface CommandContext {
  readonly host: Host;
  exitCode: ExitCode;
}

/** Writes a message for people to standard error, so that standard output holds only results; commands as called. */
export function tell(context: CommandContext, text: string): void {
  context.host.err.write(`${asCalled(text, context.host)}\n`);
}

/** Writes data for programs, such as records: as it is into a pipe, but readable on a terminal. */
export function pass({ host: { out } }: CommandContext, text: string): void {
  if (out.isTTY) out.write(text);
  else out.writeRaw(text);
}

/** Writes a result with marks for the terminal in it; its text must be safe to print already. */
export function printMarked({ host: { out } }: CommandContext, text: string): void {
  if (out.colors === true) out.writeRaw(`${text}\n`);
  else out.write(`${text}\n`);
}

/** Writes a result to standard output. */
export function print(context: CommandContext, text: string): void {
  context.host.out.write(`${text}\n`);
}
