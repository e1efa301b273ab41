import { forecastFrom } from '../design/forecast.js';
import type { Deadline } from '../model/deadline.js';
import type { Host } from '../model/host.js';
import type { RunRecord } from '../model/run-record.js';
import type { TrialExecutor } from '../model/trial-executor.js';
import type { ReportModel } from '../report/report-model.js';
import { baselineBroken } from './baseline-breaker.js';
import { looksOf } from './looks.js';
import type { OpenRun } from './open-run.js';
import type { PreparedRun } from './prepare-run.js';
import type { RunEvent } from './run-event.js';
import { runTrials } from './run-trials.js';
import type { watchMachine } from './watch-machine.js';
import { writeAnswers, writeReports } from './write-reports.js';

/** Real trials take longer than this, so each has its report; simulated ones take a millisecond. */
const reportEveryMs = 1_000;

export interface PlayOptions extends OpenRun {
  readonly executor: TrialExecutor;
  readonly host: Host;
  /** No block starts that would not end by then, ms since 1970. */
  readonly deadline?: Deadline;
  readonly onEvent: (event: RunEvent) => void;
  readonly watch?: typeof watchMachine;
}

/**
 * Runs every trial of a prepared run that has not ended, with an executor, whichever it is, and writes the reports after
 * each. Throws BASELINE_BROKEN, after the reports of what there is.
 */
export async function playTrials(
  prepared: PreparedRun,
  options: PlayOptions,
): Promise<ReportModel> {
  const { folder, manifest, session, known, resumes } = options;
  const { executor, host, deadline = {}, onEvent, watch } = options;
  const { experiment, plan } = prepared;
  onEvent({ kind: 'run-opened', folder });
  let nextReportAt = 0;
  const standing = 'running';
  const run: RunRecord = { manifest, experiment, plan, standing, resumes, trials: known };
  let stored = known;
  const { records, end } = await runTrials({
    runFolder: folder,
    experiment,
    plan,
    executor,
    journal: session.journal,
    known,
    signal: host.signal,
    now: host.now,
    deadline,
    onEvent,
    secondsLeft: (ended, remaining) =>
      ended.length === 0
        ? prepared.forecast.perTrialSeconds * remaining
        : forecastFrom(ended, remaining),
    ...(watch === undefined ? {} : { watch }),
    decided: (trials) => looksOf({ ...run, trials }).decided,
    onTrialStored: async (trials) => {
      stored = [...trials];
      if (performance.now() < nextReportAt) return;
      await writeReports(folder, { ...run, trials });
      nextReportAt = performance.now() + reportEveryMs;
    },
  }).catch(async (error: unknown) => {
    // Whatever ends a run early, a full disk too: the report of what there is must not say that it runs.
    const brokenOff = { ...run, standing: 'broken-off', trials: stored } as const;
    await writeReports(folder, brokenOff).catch(() => undefined);
    throw error;
  });
  await session.journal.append({ kind: 'run-ended', why: end });
  const model = await writeReports(folder, { ...run, standing: end, trials: records });
  await writeAnswers(folder, model);
  if (end === 'broken-baseline') throw baselineBroken(folder, records);
  if (end === 'budget')
    onEvent({ kind: 'step', text: 'The next block would not end in time, so the run ends here.' });
  return model;
}
