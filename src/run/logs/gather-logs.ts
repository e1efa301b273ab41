import { queryGatherer } from '../../analysis/log/gather-queries.js';
import { interrupted } from '../../model/harness-error.js';
import type { QueryBatches } from '../../model/log/imported-log.js';
import type { LogFile, Skipped } from '../../model/log/log-file.js';
import type { QueryProgress } from '../../model/trial/query-progress.js';
import { findLog } from '../../progress/log/find-logs.js';
import { readLog } from '../../progress/log/read-log.js';

export interface GatherOptions {
  readonly signal: AbortSignal;
  /** Whether to go on as the last of the logs grows, until the signal is aborted. */
  readonly follow: boolean;
  /** Told of each batch as it is read, with the name of its query if it has one. */
  readonly onBatch?: (batch: QueryProgress, name: string | null) => void;
}

interface GatheredLogs {
  readonly files: readonly LogFile[];
  /** What was left out over all files. */
  readonly leftOut: readonly Skipped[];
  readonly queries: readonly QueryBatches[];
}

/**
 * Reads logs and sorts what they say by query; one whose batches are in several logs is one. Throws LOG_UNREADABLE,
 * LOG_AMBIGUOUS and, unless it follows, INTERRUPTED.
 */
export async function gatherLogs(
  paths: readonly string[],
  { signal, follow, onBatch }: GatherOptions,
): Promise<GatheredLogs> {
  const logs = [];
  for (const path of paths) logs.push(await findLog(path));
  const files: LogFile[] = [];
  const gatherer = queryGatherer();
  for (const log of logs) {
    const followed = follow && log === logs.at(-1);
    const onFile = (file: LogFile) => files.push(file);
    for await (const event of readLog(log, { follow: followed, signal, onFile })) {
      const isNew = gatherer.add(event);
      if (isNew && event.kind === 'progress') {
        onBatch?.(event.progress, gatherer.nameOf(event.progress));
      }
    }
    if (signal.aborted && !follow) throw interrupted();
  }
  return { files, leftOut: gatherer.leftOut(), queries: gatherer.queries() };
}
