/** `90s`, `2m`, `1h` in seconds; the schema has checked the form. */
export function seconds(text: string): number {
  const factor = { s: 1, m: 60, h: 3_600 }[text.slice(-1)] ?? 1;
  return Number(text.slice(0, -1)) * factor;
}

/** `5%` as 0.05; the schema has checked the form. */
export function share(text: string): number {
  return Number(text.slice(0, -1)) / 100;
}

/** `500MB`, `2GB` in bytes, with the prefixes of the SI; the schema has checked the form. */
export function bytes(text: string): number {
  const factor = { MB: 1e6, GB: 1e9 }[text.slice(-2)] ?? 1;
  return Number(text.slice(0, -2)) * factor;
}
