import { styleText } from 'node:util';
import type { VerdictKind } from '../../model/run/comparison.js';

/** Marks up text for a terminal. The text must be safe to print already: the marks are escape sequences. */
export interface Ink {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly open: (text: string) => string;
}

type Style = Parameters<typeof styleText>[0];

const same = (text: string) => text;
/** Node would look at its own standard output otherwise. */
const styled = (style: Style) => (text: string) =>
  text.trim() === '' ? text : styleText(style, text, { validateStream: false });

export const noInk: Ink = { strong: same, faint: same, good: same, bad: same, open: same };
export const colorInk: Ink = {
  strong: styled('bold'),
  faint: styled('dim'),
  good: styled('green'),
  bad: styled('red'),
  open: styled('yellow'),
};

/** The ink of a verdict: its word says the same, for those who see no colour. */
export function inkOf(kind: VerdictKind, ink: Ink): (text: string) => string {
  switch (kind) {
    case 'better':
      return ink.good;
    case 'worse':
    case 'ineligible':
      return ink.bad;
    case 'inconclusive':
      return ink.open;
    case 'not-judged':
    case 'inert':
      return ink.faint;
    case 'equivalent':
    case 'not-worthwhile':
      return same;
  }
}
