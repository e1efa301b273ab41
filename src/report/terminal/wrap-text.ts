import { displayWidth, startWithin } from './display-width.js';

/**
 * Breaks a text into lines of at most this many columns: between words, and a longer word after one of `. , / = : _ -`,
 * before a capital, or, if need be, anywhere. Line feeds are kept; later lines are indented.
 */
export function wrapText(text: string, columns: number, indent = ''): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, columns, indent));
}

function wrapLine(text: string, columns: number, indent: string): string[] {
  if (displayWidth(text) <= columns) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const start = lines.length === 0 ? '' : indent;
    const pieces = breakWord(`${start}${word.trimStart()}`, columns, indent);
    line = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  return [...lines, line];
}

/** The words of a text; a per cent sign stays with its number, and spaces that begin a line with its first word. */
function wordsOf(text: string): string[] {
  return text.split(/(?<=\S) (?!%)/);
}

/** A word in pieces that fit, each but the first with the indent. */
function breakWord(word: string, columns: number, indent: string): string[] {
  const pieces: string[] = [];
  let rest = word;
  while (displayWidth(rest) > Math.max(columns, indent.length + 2)) {
    const most = startWithin(rest, Math.max(columns, indent.length + 2));
    const piece = niceStart(most, rest.charAt(most.length));
    pieces.push(piece);
    rest = `${indent}${rest.slice(piece.length)}`;
  }
  return [...pieces, rest];
}

/** The start of a piece up to the last good place to break it, if that is not in its first half. */
function niceStart(most: string, next: string): string {
  const places = [/^.*[.,/=:_-]/su.exec(most), /^.*\p{Ll}(?=\p{Lu})/su.exec(`${most}${next}`)];
  return (
    places.map((found) => found?.[0] ?? '').find((start) => start.length * 2 >= most.length) ?? most
  );
}
