import { analyseQuery } from '../../analysis/log/analyse-query.js';
import type { ImportedLog } from '../../model/log/imported-log.js';
import { gatherLogs, type GatherOptions } from './gather-logs.js';

/** Reads logs and measures the queries in them, one by one. Throws what `gatherLogs` throws. */
export async function importLogs(
  paths: readonly string[],
  options: GatherOptions,
): Promise<ImportedLog> {
  const { files, leftOut, queries } = await gatherLogs(paths, options);
  const measured = queries.map(analyseQuery).sort((a, b) => a.from - b.from);
  return { files, leftOut, queries: measured };
}
