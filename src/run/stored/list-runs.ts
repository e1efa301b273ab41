import { analyseRun } from '../../analysis/analyse-run.js';
import { endedCells } from '../../analysis/trial-index.js';
import { HarnessError } from '../../model/harness-error.js';
import { cellOf } from '../../model/trial/plan.js';
import type { RunListing } from '../../model/run/run-listing.js';
import type { RunRecord } from '../../model/run/run-record.js';
import { listRunFolders } from '../../store/find-run.js';
import { readRun } from './read-run.js';

/** Reads every run in a results folder, the newest first; one that cannot be read is listed with the reason. */
export async function* listRuns(root: string): AsyncGenerator<RunListing> {
  for (const folder of await listRunFolders(root)) yield await listingOf(folder);
}

async function listingOf(folder: string): Promise<RunListing> {
  try {
    const run = await readRun(folder);
    const { state, plan } = run;
    return {
      kind: 'read',
      folder,
      model: analyseRun(run),
      state,
      blocksDone: blocksDone(run),
      blocksPlanned: plan.blocks.length,
    };
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return { kind: 'refused', folder, code: error.code, why: error.message };
  }
}

function blocksDone(run: RunRecord): number {
  const ended = endedCells(run);
  return run.blocks.filter(({ launches }) =>
    launches.every(({ trials }) => trials.every((trial) => ended.has(cellOf(trial)))),
  ).length;
}
