import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { Position } from '../../model/finding.js';
import { messageOf } from '../../model/harness-error.js';

/** A parsed YAML text that can locate each of its values. */
export interface SourceDocument {
  readonly value: unknown;
  readonly errors: readonly { readonly message: string; readonly position: Position }[];
  /** The position of the value at a path; for a key of a map, `key: true` returns the key's own. */
  readonly positionOf: (path: readonly string[], options?: { readonly key?: boolean }) => Position;
  /** Where the text of a key, or of a value that is no map or list, stands; undefined if there is none. */
  readonly rangeOf: (
    path: readonly string[],
    options: { readonly key: boolean },
  ) => TextRange | undefined;
}

/** A part of a text, by its offsets. */
interface TextRange {
  readonly start: number;
  readonly end: number;
}

const tooDeep = 'it is nested too deeply to be read';

/** The result for a document without positions. */
function refused(message: string): SourceDocument {
  const position = { line: 1, column: 1 };
  const nowhere = { positionOf: () => position, rangeOf: () => undefined };
  return { value: undefined, errors: [{ message, position }], ...nowhere };
}

/** Parses YAML 1.2; at most 100 aliases, so that a small file cannot expand to a huge value. */
export function parseSource(text: string): SourceDocument {
  const lines = new LineCounter();
  const options = {
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'error', // no warnings besides our messages
  } as const;
  let document: Document;
  try {
    document = parseDocument(text, options);
  } catch (error) {
    // The parser recurses for each level: thousands of levels overflow the stack.
    if (!(error instanceof RangeError)) throw error;
    return refused(tooDeep);
  }
  if (document.errors.some(({ message }) => message.includes('call stack')))
    return refused(tooDeep);
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const errors = document.errors.map((error) => ({
    message: error.message.replaceAll('\n', ' '),
    position: place(error.pos[0]),
  }));
  let value: unknown;
  try {
    if (errors.length === 0) value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    errors.push({ message: messageOf(error), position: place(0) }); // an unresolved alias, or too many
  }
  return {
    value,
    errors,
    positionOf: (path, options) => place(offsetOf(document, path, options?.key === true)),
    rangeOf: (path, { key }) => rangeIn(document, path, key),
  };
}

function rangeIn(document: Document, path: readonly string[], key: boolean): TextRange | undefined {
  const node = key ? keyOf(document, path) : document.getIn(path, true);
  const range = isScalar(node) ? node.range : undefined;
  return range === undefined || range === null ? undefined : { start: range[0], end: range[1] };
}

/** The key of a map at a path. */
function keyOf(document: Document, path: readonly string[]): unknown {
  const parent = path.length < 2 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  return parent.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1))?.key;
}

function offsetOf(document: Document, path: readonly string[], key: boolean): number {
  const name = key ? keyOf(document, path) : undefined;
  if (isScalar(name)) return name.range?.[0] ?? 0;
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const range = (node as { range?: readonly number[] | null } | null | undefined)?.range;
  if (range !== null && range !== undefined) return range[0] ?? 0;
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1), key);
}
