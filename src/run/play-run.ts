import type { RunRecord } from '../model/run/run-record.js';
import { strategyOf } from '../search/strategy-of.js';
import type { OwnedFolder } from '../store/open-run-folder.js';
import type { Backend } from './backends/backend.js';
import { endRun } from './ending/end-run.js';
import { whyItEnded } from './ending/folder-gone.js';
import type { PreparedRun } from './prepare-run.js';
import type { Loop } from './loop/loop.js';
import { runLoop } from './loop/run-loop.js';
import type { RunOptions, FinishedRun } from './run-options.js';
import { reportNowAndThen, writeReports } from './ending/write-reports.js';

/** A run about to start or to be resumed. */
interface Playable {
  readonly prepared: PreparedRun;
  readonly backend: Backend;
  readonly folder: OwnedFolder;
  /** The run so far: empty, or what had ended before. */
  readonly record: RunRecord;
}

/**
 * Opens the backend, runs the rest of a run, and writes the final reports. Throws BASELINE_BROKEN and INTERRUPTED after
 * writing the reports, and RUN_FOLDER_GONE.
 */
export async function playRun(run: Playable, options: RunOptions): Promise<FinishedRun> {
  return await playToEnd(run, options).catch((error: unknown) => {
    throw whyItEnded(run.folder.path, error);
  });
}

async function playToEnd(run: Playable, options: RunOptions): Promise<FinishedRun> {
  const { prepared, folder } = run;
  const { host, observer, deadline = {} } = options;
  await using backend = await run.backend.open(folder, run.record.manifest);
  observer.notify({ kind: 'run-opened', folder: folder.path });
  const loop: Loop = {
    record: run.record,
    folder,
    backend,
    strategy: strategyOf(prepared.experiment, prepared.plan),
    observer,
    report: reportNowAndThen(folder.path),
    limits: { signal: host.signal, deadline, times: prepared.forecast.times },
  };
  const end = await runLoop(loop).catch(async (error: unknown) => {
    // However a run fails, even on a full disk, its report must not say that it is running.
    const record = { ...loop.record, state: 'crashed' } as const;
    await writeReports(folder.path, record)
      .then((model) => {
        observer.notify({ kind: 'run-ended', state: 'crashed', model });
      })
      .catch(() => undefined);
    throw error;
  });
  return await endRun(loop, end, options);
}
