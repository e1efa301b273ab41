import { lastOfBaseline } from '../analysis/baseline-failed.js';
import { HarnessError, interrupted } from '../model/harness-error.js';
import type { RunRecord } from '../model/run/run-record.js';
import { megabytes } from '../report/words/wording.js';
import { keptBytes } from '../store/kept-output.js';
import { whyNotCounted } from '../report/words/outcome-text.js';
import { strategyOf } from '../search/strategy-of.js';
import type { OwnedFolder } from '../store/open-run-folder.js';
import type { Backend } from './backends/backend.js';
import { whyItEnded } from './folder-gone.js';
import type { PreparedRun } from './prepare-run.js';
import type { Loop } from './loop/loop.js';
import { runLoop } from './loop/run-loop.js';
import type { RunOptions, FinishedRun } from './run-options.js';
import { reportNowAndThen, writeAnswers, writeReports } from './write-reports.js';

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
    limits: { signal: host.signal, deadline, forecastSeconds: prepared.forecast.perTrialSeconds },
  };
  const end = await runLoop(loop).catch(async (error: unknown) => {
    // However a run fails, even on a full disk, its report must not say that it is running.
    const record = { ...loop.record, state: 'crashed' } as const;
    await writeReports(folder.path, record).catch(() => undefined);
    throw error;
  });
  await folder.journal.append({ kind: 'run-ended', why: end });
  const model = await writeReports(folder.path, { ...loop.record, state: end });
  await writeAnswers(folder.path, model);
  if (prepared.experiment.job.keep !== undefined) {
    const text = `Kept what the trials wrote: ${megabytes(await keptBytes(folder.path))} in ${folder.path}/trials/*/output`;
    observer.notify({ kind: 'step', text });
  }
  if (end === 'baseline-failed') throw baselineBroken(folder.path, loop.record);
  if (host.signal.aborted) throw interrupted();
  if (end === 'out-of-time') {
    const text = 'The next block would not finish in time, so the run stops here.';
    observer.notify({ kind: 'step', text });
  }
  return { folder: folder.path, model };
}

/** The BASELINE_BROKEN error, with the cause of the last failure. */
function baselineBroken(path: string, { trials }: RunRecord): HarnessError {
  const last = lastOfBaseline(trials).at(-1);
  const why = last === undefined ? '' : (whyNotCounted(last.outcome) ?? '');
  return new HarnessError({
    code: 'BASELINE_BROKEN',
    message: `The baseline failed twice in a row, and without it nothing can be compared: ${why}`,
    hint: `See ${path}/trials/${last?.trial.id ?? ''}/stderr.log, fix the experiment, and run it again.`,
  });
}
