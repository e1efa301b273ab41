import type { ExitCode } from '../model/error-catalogue.js';
import type { Host } from '../model/host.js';

/** What every command is given, and where it leaves its exit code. */
export interface Session {
  readonly host: Host;
  exitCode: ExitCode;
}

/** A line for people, on standard error, so that results on standard output stay clean. */
export function tell(session: Session, text: string): void {
  session.host.err.write(`${text}\n`);
}

/** A result, on standard output. */
export function print(session: Session, text: string): void {
  session.host.out.write(`${text}\n`);
}
