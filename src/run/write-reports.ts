import { join } from 'node:path';
import type { RunRecord } from '../model/run/run-record.js';
import { renderAnswers } from '../report/markdown/answers.js';
import { renderMarkdown } from '../report/markdown/markdown-report.js';
import type { ReportModel } from '../model/run/report-model.js';
import { renderSummary } from '../report/summary-json.js';
import { renderTrialsCsv } from '../report/trials-csv.js';
import { writeFileSafely } from '../process/write-file-safely.js';
import { analyseRun } from '../analysis/analyse-run.js';

/** Writes every report of a run into its folder, replacing older ones, and returns their model. */
export async function writeReports(folder: string, run: RunRecord): Promise<ReportModel> {
  const model = analyseRun(run);
  await writeFileSafely(join(folder, 'report.md'), renderMarkdown(model));
  await writeFileSafely(join(folder, 'trials.csv'), renderTrialsCsv(model));
  await writeFileSafely(join(folder, 'summary.json'), renderSummary(model));
  return model;
}

/** Writes `answers.md` and returns its path. */
export async function writeAnswers(folder: string, model: ReportModel): Promise<string> {
  const file = join(folder, 'answers.md');
  await writeFileSafely(file, renderAnswers(model));
  return file;
}

/** Real trials take longer than this, so each gets its report; simulated ones take a millisecond. */
const reportEveryMs = 1_000;

/** Writes the reports when called, but at most once a second. */
export function reportNowAndThen(folder: string): (run: RunRecord) => Promise<void> {
  let nextAt = 0;
  return async (run) => {
    if (performance.now() < nextAt) return;
    await writeReports(folder, run);
    nextAt = performance.now() + reportEveryMs;
  };
}
