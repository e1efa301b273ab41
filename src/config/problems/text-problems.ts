import type { Problem } from './schema-problems.js';

/** Controls, line separators, and what hides a text or turns its direction; a terminal obeys some of them. */
const acting = /[\p{Cc}\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
/** Values that may be written on several lines. */
const manyLines = /(^description|jaas\.config|JavaOptions)$/;

/**
 * Finds texts with characters that nobody sees, keys included, and whole numbers that a program cannot hold exactly.
 * Neither reaches Spark, a terminal or a report as it was written.
 */
export function textProblems(value: unknown, path: readonly string[] = []): Problem[] {
  if (typeof value === 'string') return inText(value, path);
  if (typeof value === 'number') return inNumber(value, path);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const inside = [...path, key];
    const found = Array.isArray(value) ? undefined : acting.exec(key);
    return found === null || found === undefined
      ? textProblems(inner, inside)
      : [{ path: inside, atKey: true, message: messageFor(`the key ${visible(key)}`, found[0]) }];
  });
}

function inText(text: string, path: readonly string[]): Problem[] {
  const shown = manyLines.test(keyOf(path)) ? text.replaceAll(/[\n\t]/g, ' ') : text;
  const found = acting.exec(shown);
  if (found === null) return [];
  return [
    {
      path,
      message: messageFor(
        `${keyOf(path) || 'the experiment'} is ${visible(text)}, which`,
        found[0],
      ),
    },
  ];
}

function messageFor(what: string, character: string): string {
  const advice =
    character === '\n'
      ? 'a line break; write it on one line, or with >- instead of > or |'
      : `the character ${escaped(character)}, which cannot be seen; remove it`;
  return `${what} holds ${advice}`;
}

function inNumber(value: number, path: readonly string[]): Problem[] {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return [];
  const most = Number.MAX_SAFE_INTEGER.toLocaleString('en');
  return [
    {
      path,
      message: `${keyOf(path)} is ${Number.isNaN(value) ? 'not a number' : `beyond ${most}`}, so it cannot be held exactly; if it is meant so, write it in quotes`,
    },
  ];
}

/** The name of a value: of a level in a list, that of its knob. */
function keyOf(path: readonly string[]): string {
  const names = path[0] === 'factors' ? path.slice(0, 2) : path;
  return ['knobs', 'factors', 'baseline'].includes(names[0] ?? '')
    ? (names[1] ?? '')
    : names.join('.');
}

/** A text in quotes, cut off where it is long, with the characters that cannot be seen as escapes. */
function visible(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return JSON.stringify(short).replaceAll(new RegExp(acting, 'gu'), escaped);
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
