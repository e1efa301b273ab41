/** Quotes a word for a POSIX shell if necessary; for commands that people paste. */
export function shellWord(text: string): string {
  if (/^[\w./:=,@%+-]+$/.test(text)) return text;
  if (unprintable.test(text)) return ansiQuoted(text);
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

/** `$'…'` (POSIX 2024; Bash, Zsh): what does not show, or would end the line, is written as the bytes of UTF-8. */
function ansiQuoted(text: string): string {
  const shown = text.replaceAll(/[\\']/g, '\\$&').replaceAll(new RegExp(unprintable, 'g'), octal);
  return `$'${shown}'`;
}

function octal(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
    .join('');
}
