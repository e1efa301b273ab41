/** C0 but for newline and tab, DEL, C1, and the characters that reverse the direction of what follows (UAX #9). */
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** The text with characters that act on a terminal as visible escapes, such as `\u001b`. Keeps newlines and tabs. */
export function printable(text: string): string {
  return text.replace(
    unprintable,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
