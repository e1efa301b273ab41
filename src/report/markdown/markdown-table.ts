import { printable } from '../../model/printable.js';
import { toMarkdown, type Sentence } from '../words/sentence.js';
import { markdownText } from './markdown-text.js';

/** A cell as text, which is escaped, or as a sentence with marks, such as a link. */
type Cell = string | Sentence;

/** A table in GitHub's Markdown. Line breaks in cells become `<br>`, the only HTML of a report. */
export function markdownTable(
  columns: readonly { readonly label: string; readonly align: 'left' | 'right' }[],
  rows: readonly (readonly Cell[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map((column) => markdownText(column.label.replace('\n', ' ')))),
    line(columns.map((column) => (column.align === 'right' ? '---:' : ':---'))),
    ...rows.map((cells) => line(cells.map(cellText))),
  ].join('\n');
}

/** Code in a sentence becomes text, since a pipe in it would end the cell. */
function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell.split('\n').map(markdownText).join('<br>');
  return toMarkdown(
    cell.map((part) => (typeof part !== 'string' && 'code' in part ? part.code : part)),
  );
}

/** A fenced block for any text, even one that contains fences. */
export function codeBlock(text: string, language = ''): string {
  const shown = printable(text);
  const longest = Math.max(2, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
}
