import { forecastFrom } from '../design/forecast.js';
import type { Host } from '../model/host.js';
import type { Manifest, RunRecord } from '../model/run-record.js';
import type { TrialExecutor } from '../model/trial-executor.js';
import type { ReportModel } from '../report/report-model.js';
import { writeOpening } from '../store/run-folder.js';
import { looksOf } from './looks.js';
import type { PreparedRun } from './prepare-run.js';
import type { RunEvent } from './run-event.js';
import { runTrials } from './run-trials.js';
import type { watchMachine } from './watch-machine.js';
import { writeAnswers, writeReports } from './write-reports.js';

/** Real trials take longer than this, so each has its report; simulated ones take a millisecond. */
const reportEveryMs = 1_000;

/** Runs every trial of a prepared run with an executor, whichever it is, and writes the reports after each. */
export async function playTrials(
  prepared: PreparedRun,
  options: {
    readonly folder: string;
    readonly manifest: Manifest;
    readonly executor: TrialExecutor;
    readonly host: Host;
    readonly onEvent: (event: RunEvent) => void;
    readonly watch?: typeof watchMachine;
  },
): Promise<ReportModel> {
  const { folder, manifest, executor, host, onEvent, watch } = options;
  const { experiment, plan, text } = prepared;
  await writeOpening(folder, { manifest, experiment, experimentText: text, plan });
  onEvent({ kind: 'step', text: `Results: ${folder}` });
  let nextReportAt = 0;
  let run: RunRecord = { manifest, experiment, plan, trials: [] };
  await runTrials({
    runFolder: folder,
    experiment,
    plan,
    executor,
    signal: host.signal,
    now: host.now,
    onEvent,
    secondsLeft: (ended, remaining) =>
      ended.length === 0
        ? prepared.forecast.perTrialSeconds * remaining
        : forecastFrom(ended, remaining),
    ...(watch === undefined ? {} : { watch }),
    decided: (trials) => looksOf({ ...run, trials }).decided,
    onTrialStored: async (trials) => {
      run = { ...run, trials };
      if (performance.now() < nextReportAt) return;
      await writeReports(folder, run);
      nextReportAt = performance.now() + reportEveryMs;
    },
  });
  await writeAnswers(folder, run);
  return await writeReports(folder, run);
}
