import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../../model/harness-error.js';
import { fileProblem } from '../../process/files/file-problem.js';
import { isRollingPart, logOrder } from './log-order.js';

/** The most logs of a folder that a message names. */
const named = 5;

/** What a trial of streamtune keeps of its progress. */
const trialProgress = 'progress.ndjson';

/** A log that is one file, or a folder of parts to which more may come. */
export interface FoundLog {
  readonly path: string;
  readonly isFolder: boolean;
}

/**
 * Finds the log at a path: a file, the folder of a rolling event log or of a trial, or a folder that
 * holds one of them. Throws
 * LOG_UNREADABLE, or LOG_AMBIGUOUS for a folder with several.
 */
export async function findLog(path: string): Promise<FoundLog> {
  try {
    if (!(await stat(path)).isDirectory()) return { path, isFolder: false };
    const names = await readdir(path);
    if (names.some(isRollingPart)) return { path, isFolder: true };
    if (names.includes(trialProgress)) return { path: join(path, trialProgress), isFolder: false };
    if (names.includes('manifest.json')) throw wholeRun(path);
    const logs = logOrder(names);
    const [only] = logs;
    if (only === undefined) throw nothingIn(path);
    if (logs.length === 1) return await findLog(join(path, only));
    throw await several(path, logs);
  } catch (error) {
    throw error instanceof HarnessError ? error : unreadableLog(path, fileProblem(error).text);
  }
}

/** The files of a log as they are now, in order. */
export async function logParts({ path, isFolder }: FoundLog): Promise<string[]> {
  if (!isFolder) return [path];
  try {
    return logOrder((await readdir(path)).filter(isRollingPart)).map((name) => join(path, name));
  } catch (error) {
    throw unreadableLog(path, fileProblem(error).text);
  }
}

export function unreadableLog(path: string, why: string): HarnessError {
  return new HarnessError({
    code: 'LOG_UNREADABLE',
    message: `${path} cannot be read: ${why}.`,
    hint: 'Give the path of a driver log, an event log (a file or its folder), or a file with one progress in JSON on each line.',
  });
}

function nothingIn(path: string): HarnessError {
  return new HarnessError({
    code: 'LOG_UNREADABLE',
    message: `${path} holds no log.`,
    hint: 'Spark writes event logs to the folder in spark.eventLog.dir, if spark.eventLog.enabled is true.',
  });
}

function wholeRun(path: string): HarnessError {
  return new HarnessError({
    code: 'LOG_AMBIGUOUS',
    message: `${path} is a run, with the logs of all its trials.`,
    hint: `Name the folder of one trial in ${join(path, 'trials')}; or see what the run found: streamtune report ${path}`,
  });
}

async function several(path: string, logs: readonly string[]): Promise<HarnessError> {
  const times = await Promise.all(
    logs.map(async (name) => ({ name, at: (await stat(join(path, name))).mtimeMs })),
  );
  const newest = times.sort((a, b) => b.at - a.at).map(({ name }) => `  ${join(path, name)}`);
  const more = newest.length > named ? [`  and ${String(newest.length - named)} more`] : [];
  return new HarnessError({
    code: 'LOG_AMBIGUOUS',
    message: `${path} holds the logs of several applications:\n${[...newest.slice(0, named), ...more].join('\n')}`,
    hint: 'Name the log that you mean; the newest is the first.',
  });
}
