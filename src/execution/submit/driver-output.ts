import type { TrialFiles } from '../../model/trial/job.js';
import type { CommandResult } from '../../process/run-command.js';
import { followLines } from '../../progress/follow-lines.js';
import { driverLog, driverOutput } from '../../spark/submit/logging-conf.js';

type Output = Pick<CommandResult, 'stdout' | 'stderr'>;

const keptLines = 500;

/**
 * Follows what a driver on another machine logs and prints, line by line, until `done` has settled; resolves with the end
 * of both. For one on this machine, `spark-submit` passes it on, and there is nothing to follow.
 */
export async function followOutput(
  { driver }: Pick<TrialFiles, 'driver'>,
  done: Promise<unknown>,
  onLine: (line: string) => void,
): Promise<Output> {
  if (driver === undefined) return { stdout: '', stderr: '' };
  const [stderr, stdout] = await Promise.all([
    follow(driverLog(driver), done, onLine),
    follow(driverOutput(driver), done, onLine),
  ]);
  return { stdout, stderr };
}

async function follow(
  file: string,
  done: Promise<unknown>,
  onLine: (line: string) => void,
): Promise<string> {
  const kept: string[] = [];
  for await (const line of followLines(file, done)) {
    onLine(line);
    kept.push(line);
    if (kept.length > keptLines) kept.shift();
  }
  return kept.map((line) => `${line}\n`).join('');
}

/** How `spark-submit` ended, with what its driver has told; a master's client ends well however the driver did. */
export function withOutput(ended: CommandResult, told: Output): CommandResult {
  const failed = /State of driver \S+ is (?:FAILED|ERROR|KILLED)/.test(ended.stderr);
  return {
    ...ended,
    exitCode: failed && ended.exitCode === 0 ? 1 : ended.exitCode,
    stdout: ended.stdout + told.stdout,
    stderr: told.stderr + ended.stderr,
  };
}
