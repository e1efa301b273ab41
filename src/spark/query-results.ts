import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrialFiles } from '../model/trial/job.js';
import type { QueryResult } from '../model/trial/query-result.js';
import { consoleState } from './console-state.js';

/** The launcher's file with what the queries of a trial wrote. */
export const queryResultsName = 'result.json';

export function queryResultsFile({
  directory,
  driver,
}: Pick<TrialFiles, 'directory' | 'driver'>): string {
  return join(driver ?? directory, queryResultsName);
}

/** As the launcher writes it: the keys of a console's rows are known to it, and the rows are not. */
interface ToldResult extends Omit<QueryResult, 'unread'> {
  readonly keys?: readonly string[] | null;
  readonly unread?: QueryResult['unread'] | { readonly kind: 'console' };
}

/** Parses a file of results; undefined if there is none, or if it is torn. */
export function parseQueryResults(text: string): readonly QueryResult[] | undefined {
  if (text === '') return undefined; // as for most trials, and an error costs its stack
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? (parsed as QueryResult[]) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads the results of a trial that has just ended, and adds those of a console from what the job printed; undefined if
 * the launcher wrote none.
 */
export async function completeQueryResults(
  files: Pick<TrialFiles, 'directory' | 'driver'>,
): Promise<readonly QueryResult[] | undefined> {
  const file = queryResultsFile(files);
  const told = parseQueryResults(await readFile(file, 'utf8').catch(() => ''));
  if (told === undefined) return undefined;
  const results = await withConsole(told, files.directory);
  await writeFile(file, `${JSON.stringify(results)}\n`);
  return results;
}

async function withConsole(
  told: readonly ToldResult[],
  directory: string,
): Promise<readonly QueryResult[]> {
  const consoles = told.filter(({ sink }) => sink === 'console').length;
  const printed =
    consoles === 1 ? await readFile(join(directory, 'stdout.log'), 'utf8').catch(() => '') : '';
  return told.map(({ keys = null, unread, ...one }): QueryResult => {
    if (unread === undefined) return one;
    if (unread.kind !== 'console') return { ...one, unread };
    if (consoles > 1) return { ...one, unread: { kind: 'console-mixed' } };
    return { ...one, ...consoleState(printed, { mode: one.mode, keys }) };
  });
}
