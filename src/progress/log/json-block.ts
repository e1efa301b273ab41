import { braceDepth } from './brace-depth.js';

const mostCharacters = 8 * 2 ** 20;
const mostForeignLines = 1_000;

/** A line of JSON as Spark prints it: a key, brackets, or a value of a list. */
const piece =
  /^\s*(?:"(?:[^"\\]|\\.)*"\s*(?::|,?\s*$)|[{}[\]][\s{}[\],]*$|(?:-?[\d.]+(?:[eE][-+]?\d+)?|true|false|null),?\s*$)/;

/** A JSON text that is spread over lines of a log. */
export interface JsonBlock {
  /** Lines between its own that do not belong to it. */
  readonly foreignLines: number;
  /** Takes a line; the whole text with the line that ends it. `lost` if it can have no end any more. */
  take(
    line: string,
  ): { readonly state: 'open' | 'lost' } | { readonly state: 'whole'; readonly text: string };
}

/**
 * Collects the lines of a JSON object that begins on the first of them, as log4j writes it, until its last brace. What a
 * log collector puts before each line is learned from the first key; lines of other programs in between are left out.
 */
export function jsonBlock(): JsonBlock {
  const lines: string[] = [];
  let size = 0;
  let prefix: number | undefined;
  let foreignLines = 0;
  const braces = braceDepth();
  const own = (line: string): string | undefined => {
    if (lines.length === 0) return line;
    prefix ??= prefixOf(line);
    const text = line.slice(prefix ?? 0);
    return piece.test(text) ? text : undefined;
  };
  return {
    get foreignLines() {
      return foreignLines;
    },
    take: (line) => {
      const text = own(line);
      if (text === undefined) {
        foreignLines += 1;
        return { state: foreignLines > mostForeignLines ? 'lost' : 'open' };
      }
      size += text.length;
      const end = size > mostCharacters ? undefined : braces.endIn(text);
      lines.push(end === undefined ? text : text.slice(0, end));
      if (end !== undefined) return { state: 'whole', text: lines.join('\n') };
      return { state: size > mostCharacters ? 'lost' : 'open' };
    },
  };
}

/** The length of what stands before the first key, which Spark indents by two; undefined if this line has none. */
function prefixOf(line: string): number | undefined {
  const at = line.search(/ {2}"\w+"\s*:/);
  return at < 0 ? (/^\s*"/.test(line) ? 0 : undefined) : at;
}
