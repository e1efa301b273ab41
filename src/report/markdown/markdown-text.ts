import { oneLine } from '../../model/printable.js';

/**
 * Text as Markdown that shows exactly this text, inside a paragraph, a heading or a cell of a table: no markup, no HTML,
 * no link, on one line. Of `<`, `&` and `_` only those are escaped that could begin something, so that names stay
 * readable in the file itself.
 */
export function markdownText(text: string): string {
  return oneLine(text)
    .replaceAll(/[\\`*[\]|~$]/g, '\\$&')
    .replaceAll(/<(?![ \d])/g, '\\<')
    .replaceAll(/&(?=[#\w])/g, '\\&')
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_');
}

/** Text as a paragraph of its own: what would begin a list, a heading or a quotation does not. */
export function markdownParagraph(text: string): string {
  return markdownText(text.replaceAll(/\s+/g, ' ').trim())
    .replace(/^[-+#>=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** Text as code within a line, with as many backticks around it as it takes. */
export function markdownCode(text: string): string {
  const shown = oneLine(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = /^[` ]|[` ]$/.test(shown) || shown === '' ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

/** A link to a file beside the report, never to anything else. */
export function markdownLink(text: string, to: string): string {
  const path = to.split('/').map((part) => encodeURIComponent(part).replaceAll(/[()'*!]/g, hex));
  return `[${markdownText(text)}](${path.join('/')})`;
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}
