import type { Host } from '../../model/host.js';

/**
 * Whether output is coloured: FORCE_COLOR decides, then NO_COLOR (no-color.org), then whether it goes to a terminal that is
 * not dumb. An empty variable counts as none.
 */
export function showsColors({ FORCE_COLOR, NO_COLOR, TERM }: Host['env'], isTTY: boolean): boolean {
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') {
    return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  }
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return isTTY && TERM !== 'dumb';
}

/** Whether links are written as such (OSC 8). A terminal that does not know them shows the text alone. */
export function showsLinks({ TERM }: Host['env'], isTTY: boolean): boolean {
  return isTTY && TERM !== 'dumb' && TERM !== 'linux';
}

/** Whether a locale is set in which a terminal does not read UTF-8 (POSIX, "Internationalization Variables"). */
export function lacksUnicode({ LC_ALL, LC_CTYPE, LANG }: Host['env']): boolean {
  const locale = [LC_ALL, LC_CTYPE, LANG].find((one) => one !== undefined && one !== '');
  return locale !== undefined && !/utf-?8/i.test(locale);
}

/** What our own tables and sentences use beyond ASCII, as wide in ASCII as far as tables need it. */
const plain: Readonly<Record<string, string>> = {
  ...{ '│': '|', '─': '-', '┼': '+', '┌': '+', '┐': '+', '└': '+', '┘': '+' },
  ...{ '├': '+', '┤': '+', '┬': '+', '┴': '+', '┊': ':', '●': 'o', '◀': '<', '▶': '>' },
  ...{ '−': '-', '–': '-', '—': '-', '·': '.', '×': 'x', '…': '.', '→': '>', '’': "'" },
  ...{ '≥ ': '>=', '≤ ': '<=', '±': '+/-', δ: 'delta', ρ: 'rho', '²': '^2', Σ: 'sum ' },
};
const known = new RegExp(Object.keys(plain).join('|'), 'g');

/** The text for a terminal without UTF-8: our own marks in ASCII. Names that a user chose stay as they are. */
export function inAscii(text: string): string {
  return text.replace(known, (mark) => plain[mark] ?? mark);
}
