import type { ImportedLog } from '../../model/log/imported-log.js';
import { markdownTable } from '../markdown/markdown-table.js';
import { markdownParagraph } from '../markdown/markdown-text.js';
import { textTable } from '../terminal/text-table.js';
import { wrapText } from '../terminal/wrap-text.js';
import { queryColumns } from './log-columns.js';
import { noVerdict, querySentences, readSentence, skippedSentences } from './log-words.js';
import { phaseTable } from './phase-table.js';

/** A log of many short queries does not flood the screen. */
const mostRows = 50;

/** What logs say, for a terminal of this many columns. */
export function renderLog(log: ImportedLog, width: number): string {
  const wrapped = (texts: readonly string[]) =>
    texts.flatMap((text) => wrapText(text, width, '  '));
  const shown = log.queries.slice(0, mostRows);
  const phases = phaseTable(shown);
  const rows = shown.map((query) => queryColumns.map(({ cell }) => cell(query)));
  return [
    ...wrapped([readSentence(log)]),
    textTable(queryColumns, rows, width),
    ...(phases.rows.length > 0 ? [textTable(phases.columns, phases.rows, width)] : []),
    ...wrapped([...shown.flatMap(querySentences), ...moreSentences(log), ...skippedSentences(log)]),
    ...wrapped([noVerdict]),
  ].join('\n');
}

/** The same as Markdown. */
export function renderLogMarkdown(log: ImportedLog): string {
  const shown = log.queries.slice(0, mostRows);
  const phases = phaseTable(shown);
  const texts = [...shown.flatMap(querySentences), ...moreSentences(log), ...skippedSentences(log)];
  return [
    markdownParagraph(readSentence(log)),
    markdownTable(
      queryColumns,
      shown.map((query) => queryColumns.map(({ cell }) => cell(query))),
    ),
    ...(phases.rows.length > 0 ? [markdownTable(phases.columns, phases.rows)] : []),
    texts.map((text) => `- ${markdownParagraph(text)}`).join('\n'),
    markdownParagraph(noVerdict),
  ].join('\n\n');
}

/** The whole model, for programs. */
export function renderLogJson(log: ImportedLog): string {
  return JSON.stringify({ version: 1, ...log }, null, 2);
}

function moreSentences({ queries }: ImportedLog): string[] {
  const more = queries.length - mostRows;
  return more > 0 ? [`${String(more)} more queries are not shown; --json has them all.`] : [];
}
