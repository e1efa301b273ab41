/** A table in GitHub's Markdown. Line breaks in cells become `<br>`, pipes are escaped. */
export function markdownTable(
  columns: readonly { readonly label: string; readonly align: 'left' | 'right' }[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [
    line(columns.map((column) => column.label.replace('\n', ' '))),
    line(columns.map((column) => (column.align === 'right' ? '---:' : ':---'))),
    ...rows.map(line),
  ].join('\n');
}

function escapeCell(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', '<br>');
}

/** A fenced block for any text, even one that contains fences. */
export function codeBlock(text: string, language = ''): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
