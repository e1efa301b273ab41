import stringWidth from 'string-width';

/** The usual case: ASCII, and what bars, ranges and signs are made of. Every character takes one column. */
const isPlain = /^[\x20-\x7e±·×–—−…─-╿●▶]*$/;

/** The columns that a text of one line takes on a terminal. */
export function displayWidth(text: string): number {
  return isPlain.test(text) ? text.length : stringWidth(text);
}

const graphemes = new Intl.Segmenter();

/** The longest start of a text that takes no more columns than these; a character with its marks stays whole. */
export function startWithin(text: string, columns: number): string {
  let width = 0;
  let end = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += displayWidth(segment);
    if (width > columns) break;
    end += segment.length;
  }
  return text.slice(0, end);
}
