import { join } from 'node:path';
import type { QueryProgress } from '../../model/trial/query-progress.js';
import { followLines } from '../../progress/follow-lines.js';
import { parseProgressLine } from '../../progress/parse-progress.js';
import { readUiUrl } from '../../spark/effective-conf.js';

/** The batches of a trial that is running in another process, as they end. */
export interface FollowedTrial extends Disposable {
  readonly id: string;
  readonly batches: readonly QueryProgress[];
  /** Known once the trial's session is up, if that has a user interface. */
  readonly sparkUi: () => string | undefined;
}

/** More are of no use on a page, and a trial may have hundreds of thousands. */
const keptBatches = 200;

/** Follows the progress file of a trial until it is disposed, and calls `onBatch` after each batch. */
export function followBatches(
  { id, folder }: { readonly id: string; readonly folder: string },
  onBatch: () => void,
): FollowedTrial {
  const batches: QueryProgress[] = [];
  const over = new AbortController();
  let sparkUi: string | undefined;
  const follow = async () => {
    const done = new Promise((resolve) => {
      over.signal.addEventListener('abort', resolve);
    });
    for await (const line of followLines(join(folder, 'progress.ndjson'), done)) {
      const event = parseProgressLine(line);
      if (event === undefined || over.signal.aborted) continue;
      if (event.kind === 'started') sparkUi = await readUiUrl(join(folder, 'effective-conf.json'));
      if (event.kind !== 'progress') continue;
      batches.push(event.progress);
      if (batches.length > keptBatches) batches.shift();
      onBatch();
    }
  };
  // A file that cannot be read is told by the run itself.
  follow().catch(() => undefined);
  return {
    id,
    batches,
    sparkUi: () => sparkUi,
    [Symbol.dispose]: () => {
      over.abort();
    },
  };
}
