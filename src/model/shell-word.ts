/** A word as a POSIX shell takes it back, quoted where it needs to be; for people to paste. */
export function shellWord(text: string): string {
  return /^[\w./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
