import { isBaselineFailed, lastOfBaseline } from '../../analysis/baseline-failed.js';
import { HarnessError, interrupted } from '../../model/harness-error.js';
import type { RunEnd } from '../../model/run/journal-event.js';
import type { RunRecord } from '../../model/run/run-record.js';
import { whyNotCounted } from '../../report/words/outcome/outcome-text.js';
import { megabytes } from '../../report/words/wording.js';
import { strategyOf } from '../../search/strategy-of.js';
import { keptBytes } from '../../store/kept-output.js';
import type { OwnedFolder } from '../../store/open-run-folder.js';
import { hadEnded } from '../loop/meter.js';
import type { FinishedRun, RunOptions } from '../run-options.js';
import { writeAnswers, writeReports } from './write-reports.js';

interface Ending {
  readonly folder: OwnedFolder;
  readonly record: RunRecord;
}

/** Records the end of a run and writes its final reports. Throws BASELINE_BROKEN and INTERRUPTED after that. */
export async function endRun(
  { folder, record }: Ending,
  end: RunEnd,
  { host, observer }: RunOptions,
): Promise<FinishedRun> {
  await folder.journal.append({ kind: 'run-ended', why: end });
  const model = await writeReports(folder.path, { ...record, state: end });
  await writeAnswers(folder.path, model);
  observer.notify({ kind: 'run-ended', state: end, model });
  if (record.experiment.job.keep !== undefined) {
    const text = `Kept what the trials wrote: ${megabytes(await keptBytes(folder.path))} in ${folder.path}/trials/*/output`;
    observer.notify({ kind: 'step', text });
  }
  if (end === 'baseline-failed') throw baselineBroken(folder.path, record);
  if (host.signal.aborted) throw interrupted();
  if (end === 'out-of-time') {
    const text = 'The next block would not finish in time, so the run stops here.';
    observer.notify({ kind: 'step', text });
  }
  return { folder: folder.path, model };
}

/**
 * How a run ends that stopped after its last trial, so that only its end is missing; undefined if trials are left.
 * `recorded`: the end in its journal.
 */
export function missingEnd(record: RunRecord, recorded: RunEnd | undefined): RunEnd | undefined {
  const ended = new Map(record.trials.map((one) => [one.trial.id, one]));
  const decided = record.blocks.flatMap(({ launches }) => launches.flatMap(({ trials }) => trials));
  if (!decided.every((trial) => hadEnded(trial, ended))) return undefined;
  if (strategyOf(record.experiment, record.plan).next(record) !== 'done') return undefined;
  return recorded === undefined && isBaselineFailed(record.trials) ? 'baseline-failed' : 'complete';
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
