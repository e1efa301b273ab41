import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import { mountedPath } from './driver-folder.js';

/** Of the partitions of a trial's state. */
export interface Missing {
  readonly partitions: number;
  readonly missing: number;
}

/**
 * Partitions of the state of a batch that has ended, of which this machine sees no file; undefined if it sees all, or if there is
 * no state, or no disk on which to look.
 */
export async function missingPartitions(
  shared: string,
  events: readonly ProgressEvent[],
): Promise<Missing | undefined> {
  const path = mountedPath(shared);
  const partitions = partitionsOf(events);
  if (path === undefined || partitions === undefined) return undefined;
  const folders = await stateFolders(join(path, 'checkpoint'));
  if (folders === undefined) return undefined;
  const seen = await Promise.all(folders.map(partitionsIn));
  const missing = partitions - (seen.length === 0 ? 0 : Math.min(...seen));
  return missing > 0 ? { partitions, missing } : undefined;
}

/** The fewest that a stateful operator told of; undefined if one keeps its state in a store that is none of Spark's own. */
function partitionsOf(events: readonly ProgressEvent[]): number | undefined {
  const operators = events.flatMap((event) =>
    event.kind === 'progress' ? event.progress.stateOperators : [],
  );
  const counts = operators.flatMap(({ numShufflePartitions: count }) => count ?? []);
  const areKnown = operators.every(({ store }) => store !== undefined);
  return areKnown && counts.length > 0 ? Math.min(...counts) : undefined;
}

/**
 * One for each stateful operator of each query whose checkpoint is at, or right below, a folder; undefined if there is no
 * checkpoint.
 */
async function stateFolders(checkpoint: string): Promise<string[] | undefined> {
  const below = (await names(checkpoint)).map((name) => join(checkpoint, name));
  const roots: string[] = [];
  for (const folder of [checkpoint, ...below]) {
    if ((await names(folder)).includes('offsets')) roots.push(folder);
  }
  if (roots.length === 0) return undefined;
  const found = await Promise.all(
    roots.map(async (root) => {
      const operators = (await names(join(root, 'state'))).filter(isNumber);
      return operators.map((operator) => join(root, 'state', operator));
    }),
  );
  return found.flat();
}

/** The partitions of which there are files. `_metadata` in one is the driver's. */
async function partitionsIn(operator: string): Promise<number> {
  const partitions = (await names(operator)).filter(isNumber);
  const held = await Promise.all(
    partitions.map(async (one) =>
      (await names(join(operator, one))).some((name) => name !== '_metadata'),
    ),
  );
  return held.filter(Boolean).length;
}

function isNumber(name: string): boolean {
  return /^\d+$/.test(name);
}

async function names(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => []);
}
