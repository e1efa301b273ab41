import { printable } from '../../model/printable.js';
import type { ComparedResults } from '../../model/compare/result-comparison.js';
import { markdownTable } from '../markdown/markdown-table.js';
import { markdownParagraph } from '../markdown/markdown-text.js';
import { tableWithBars } from '../terminal/bar-column.js';
import { inkOf, noInk, type Ink } from '../terminal/ink.js';
import { wrapText } from '../terminal/wrap-text.js';
import { compareColumns } from './compare-columns.js';
import { compareNext } from './compare-next.js';
import { differenceSentences, noteSentences, sideSentences } from './compare-notes.js';
import { decisive, verdictSentence } from './compare-words.js';

/** A comparison for a terminal of this many columns: what differs, the answer, the table, and what to know of it. */
export function renderCompared(
  comparison: ComparedResults,
  width: number,
  ink: Ink = noInk,
): string {
  const wrapped = (texts: readonly string[], paint = (line: string) => line) =>
    texts.flatMap((text) => wrapText(printable(text), width, '  ')).map(paint);
  const columns = compareColumns(comparison);
  const verdicts = comparison.rows.map((row) => decisive(row, comparison));
  const table = {
    columns,
    cells: comparison.rows.map((row) => columns.map(({ cell }) => printable(cell(row)))),
    after: columns.findIndex(({ label }) => label.startsWith('verdict')),
    estimates: verdicts.map(({ estimate }) => estimate),
    delta: comparison.delta,
    paint: (line: string, row: number) => inkOf(verdicts[row]?.kind ?? 'inert', ink)(line),
  };
  return [
    ...wrapped(sideSentences(comparison)),
    ...wrapped(differenceSentences(comparison)),
    '',
    ...wrapped([verdictSentence(comparison)], ink.strong),
    '',
    tableWithBars(table, width, ink),
    ...wrapped(noteSentences(comparison)),
    ...wrapped([compareNext(comparison)], ink.strong),
  ].join('\n');
}

/** The same for a pull request or the summary of a workflow. */
export function renderComparedMarkdown(comparison: ComparedResults): string {
  const columns = compareColumns(comparison);
  const list = (texts: readonly string[]) =>
    texts.map((text) => `- ${markdownParagraph(text)}`).join('\n');
  return [
    `**${markdownParagraph(verdictSentence(comparison))}**`,
    list([...sideSentences(comparison), ...differenceSentences(comparison)]),
    markdownTable(
      columns,
      comparison.rows.map((row) => columns.map(({ cell }) => cell(row))),
    ),
    list(noteSentences(comparison)),
    markdownParagraph(compareNext(comparison)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
