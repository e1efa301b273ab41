import type { ReportModel } from '../../model/run/report-model.js';
import { comparisonColumns } from '../comparison-columns.js';
import { conclusionSentences } from '../words/conclusion-text.js';
import { runSentences } from '../words/run/run-text.js';
import { joined, toMarkdown } from '../words/sentence.js';
import { markdownTable } from './markdown-table.js';
import { markdownText } from './markdown-text.js';

/** The answer of a run, as the first paragraph of a report. */
export function conclusionParagraph(model: ReportModel): string {
  return toMarkdown(joined(conclusionSentences(model), ' '));
}

/** All configurations in one table. */
export function comparisonTable(model: ReportModel): string {
  const columns = comparisonColumns(model);
  return markdownTable(
    columns,
    model.rows.map((row) => columns.map((column) => column.cell(row))),
  );
}

/** The answer, on what it rests, and the table: to be pasted elsewhere, so without links into the run's folder. */
export function renderComparison(model: ReportModel): string {
  const { experiment } = model.run;
  return [
    `### ${markdownText(experiment.name)}`,
    conclusionParagraph(model),
    ...runSentences(model).map(toMarkdown),
    comparisonTable(model),
  ]
    .join('\n\n')
    .concat('\n');
}
