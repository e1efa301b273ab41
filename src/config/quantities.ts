/** Converts `90s`, `2m`, `1h` to seconds; the schema has checked the form. */
export function seconds(text: string): number {
  const factor = { s: 1, m: 60, h: 3_600 }[text.slice(-1)] ?? 1;
  return Number(text.slice(0, -1)) * factor;
}

/** Converts `5%` to 0.05; the schema has checked the form. */
export function share(text: string): number {
  return Number(text.slice(0, -1)) / 100;
}

/** Converts `500MB`, `2GB` to bytes, with SI prefixes; the schema has checked the form. */
export function bytes(text: string): number {
  const factor = { MB: 1e6, GB: 1e9 }[text.slice(-2)] ?? 1;
  return Number(text.slice(0, -2)) * factor;
}
