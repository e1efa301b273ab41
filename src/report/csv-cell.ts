import { printable } from '../model/printable.js';

/**
 * One field of a CSV file (RFC 4180), which a parser reads back as the text. A text that a spreadsheet would run as a
 * formula gets an apostrophe in front, as OWASP recommends ("CSV Injection"): it begins with one of = + - @, a tab or a
 * line end, or with the wide form of one. A number, such as -0.5, stays one. Control characters become escapes.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const shown = printable(value);
  const safe = formula.test(value) && !number.test(value) ? `'${shown}` : shown;
  return /[",;'\t\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const formula = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
