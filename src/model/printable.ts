/**
 * C0 but for newline and tab, DEL, C1, the line separators that some programs break lines at, and the characters that
 * reverse the direction of what follows (UAX #9).
 */
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** The text with characters that act on a terminal as visible escapes, such as `\u001b`. Keeps newlines and tabs. */
export function printable(text: string): string {
  return text.replace(
    unprintable,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The same for a text that must stay on one line: its tabs and newlines become `\t` and `\n`. */
export function oneLine(text: string): string {
  return printable(text).replaceAll('\t', '\\t').replaceAll('\n', '\\n');
}
