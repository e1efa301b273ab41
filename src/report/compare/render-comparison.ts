import { printable } from '../../model/printable.js';
import type { ResultComparison } from '../../model/run/run-comparison.js';
import { markdownTable } from '../markdown/markdown-table.js';
import { markdownParagraph } from '../markdown/markdown-text.js';
import { barColumn } from '../terminal/bar-column.js';
import { inkOf, noInk, type Ink } from '../terminal/ink.js';
import { textTable } from '../terminal/text-table.js';
import { wrapText } from '../terminal/wrap-text.js';
import { compareColumns } from './compare-columns.js';
import { differenceSentences, noteSentences, sideSentences } from './compare-notes.js';
import { decisive, verdictSentence } from './compare-words.js';

/** A comparison for a terminal of this many columns: what differs, the answer, the table, and what to know of it. */
export function renderCompared(
  comparison: ResultComparison,
  width: number,
  ink: Ink = noInk,
): string {
  const wrapped = (texts: readonly string[], paint = (line: string) => line) =>
    texts.flatMap((text) => wrapText(printable(text), width, '  ')).map(paint);
  const { rows, delta } = comparison;
  const verdicts = rows.map((row) => decisive(row, comparison));
  const paint = (line: string, row: number) => inkOf(verdicts[row]?.kind ?? 'inert', ink)(line);
  const columns = compareColumns(comparison).map((column) =>
    column.label.startsWith('verdict') ? { ...column, paint } : column,
  );
  const bar = barColumn(
    verdicts.map(({ estimate }) => estimate),
    { delta, width, paint },
  );
  const at = columns.findIndex(({ label }) => label.startsWith('verdict')) + 1;
  const withBar = [
    ...columns.slice(0, at),
    ...(bar === undefined ? [] : [bar.column]),
    ...columns.slice(at),
  ];
  const cells = rows.map((row, index) => {
    const own = columns.map(({ cell }) => printable(cell(row)));
    return bar === undefined
      ? own
      : [...own.slice(0, at), bar.cells[index] ?? '', ...own.slice(at)];
  });
  return [
    ...wrapped(sideSentences(comparison)),
    ...wrapped(differenceSentences(comparison)),
    '',
    ...wrapped([verdictSentence(comparison)], ink.strong),
    '',
    textTable(withBar, cells, width),
    ...(bar === undefined ? [] : wrapped([bar.legend], ink.faint)),
    ...wrapped(noteSentences(comparison)),
  ].join('\n');
}

/** The same for a pull request or the summary of a workflow. */
export function renderComparedMarkdown(comparison: ResultComparison): string {
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
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
