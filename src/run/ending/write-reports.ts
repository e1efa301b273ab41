import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../../model/run/run-record.js';
import { renderAnswers } from '../../report/markdown/answers.js';
import { renderMarkdown } from '../../report/markdown/markdown-report.js';
import type { ReportModel } from '../../model/run/report-model.js';
import { renderSummary } from '../../report/summary-json.js';
import { renderTrialsCsv } from '../../report/trials-csv.js';
import { keptBytes } from '../../store/kept-output.js';
import { writeRunFile } from '../../store/write-run-file.js';
import { analyseRun } from '../../analysis/analyse-run.js';
import { readDetails } from './read-details.js';
import { bestOf, writeBest } from './write-best.js';

/**
 * Writes every report of a run into its folder, replacing older ones, and returns their model. Throws DISK_FULL and
 * RESULTS_UNWRITABLE.
 */
export async function writeReports(
  folder: string,
  run: RunRecord,
  model = analyseRun(run),
): Promise<ReportModel> {
  await writeTables(folder, model);
  await writeBest(folder, bestOf(model));
  await writeRunFile(join(folder, 'report.html'), await drawReport(folder, model));
  return model;
}

/** The text of `report.html` as it would be now; writes nothing. */
export async function drawReport(folder: string, model: ReportModel): Promise<string> {
  // Drawing needs a library of its own, which nothing else does.
  const { renderHtml } = await import('../../report/html/report-page.js');
  return renderHtml(model, { best: bestOf(model), ...(await readDetails(folder, model)) });
}

/** The reports without pictures, which are quickly written. */
async function writeTables(folder: string, model: ReportModel): Promise<void> {
  const { experiment } = model.run;
  const kept = experiment.job.keep === undefined ? {} : { keptBytes: await keptBytes(folder) };
  await writeRunFile(join(folder, 'report.md'), renderMarkdown(model, kept));
  await writeRunFile(join(folder, 'trials.csv'), renderTrialsCsv(model));
  await writeRunFile(join(folder, 'summary.json'), renderSummary(model));
}

/** Writes `answers.md` and returns its path. */
export async function writeAnswers(folder: string, model: ReportModel): Promise<string> {
  const file = join(folder, 'answers.md');
  await writeRunFile(file, renderAnswers(model));
  return file;
}

/** Real trials take longer than this, so each gets its report; simulated ones take a millisecond. */
const reportEveryMs = 1_000;

/** Whether a report of a finished run is missing, as after a crash at its very end. */
export function lacksReports(folder: string): boolean {
  return [
    'report.md',
    'report.html',
    'trials.csv',
    'summary.json',
    'answers.md',
    'best/submit.sh',
  ].some((name) => !existsSync(join(folder, name)));
}

/** Writes the reports without pictures when called, but at most once a second. */
export function reportNowAndThen(folder: string): (run: RunRecord) => Promise<void> {
  let nextAt = 0;
  return async (run) => {
    if (performance.now() < nextAt) return;
    await writeTables(folder, analyseRun(run));
    nextAt = performance.now() + reportEveryMs;
  };
}
