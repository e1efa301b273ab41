import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import type { Host } from '../../model/host.js';
import type { ReportModel } from '../../model/run/report-model.js';
import { checkExport } from '../../process/output/export-file.js';
import { renderComparison } from '../../report/markdown/comparison-section.js';
import { renderSummary } from '../../report/summary-json.js';
import { renderTrialsCsv } from '../../report/trials-csv.js';
import { failIfOption, givenConditions } from './fail-if.js';
import type { VerdictCondition } from './verdict-condition.js';

/** Adds the options for where a result goes, and whether it is a failure. */
export function resultOptions<T>(yargs: Argv<T>) {
  return failIfOption(yargs)
    .option('json', {
      type: 'boolean',
      default: false,
      describe: 'Print the content of summary.json instead of the table',
    })
    .option('export-markdown', {
      type: 'string',
      describe: 'Also write the answer and the table to this file',
    })
    .option('export-csv', { type: 'string', describe: 'Also write trials.csv to this file' })
    .option('export-json', { type: 'string', describe: 'Also write summary.json to this file' });
}

interface ResultOptions {
  readonly json: boolean;
  readonly exportMarkdown?: string | undefined;
  readonly exportCsv?: string | undefined;
  readonly exportJson?: string | undefined;
  readonly failIf?: readonly string[] | undefined;
  readonly failOn?: readonly string[] | undefined;
}

/** What to do with a result, checked. */
export interface ResultWishes {
  readonly json: boolean;
  readonly failIf: readonly VerdictCondition[];
  readonly exports: readonly {
    readonly file: string;
    readonly render: (model: ReportModel) => string;
  }[];
}

/** Checks the options before anything runs. Throws USAGE and RESULTS_UNWRITABLE. */
export async function resultWishes(given: ResultOptions, { cwd }: Host): Promise<ResultWishes> {
  const exports = [];
  for (const [option, path, render] of [
    ['--export-markdown', given.exportMarkdown, renderComparison],
    ['--export-csv', given.exportCsv, renderTrialsCsv],
    ['--export-json', given.exportJson, renderSummary],
  ] as const) {
    if (path === undefined) continue;
    const file = resolve(cwd, path);
    await checkExport(file, option);
    exports.push({ file, render });
  }
  return { json: given.json, failIf: givenConditions(given), exports };
}
