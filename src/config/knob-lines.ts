import { parseSource } from './source-positions.js';

/** The line of each knob's key in an experiment file, counted from 1; of its first occurrence. */
export function knobLines(text: string): ReadonlyMap<string, number> {
  const source = parseSource(text);
  const lines = new Map<string, number>();
  const sections = (source.value ?? {}) as Readonly<Record<string, unknown>>;
  for (const section of ['knobs', 'factors']) {
    for (const key of Object.keys((sections[section] as object | null | undefined) ?? {})) {
      if (!lines.has(key)) lines.set(key, source.positionOf([section, key], { key: true }).line);
    }
  }
  return lines;
}
