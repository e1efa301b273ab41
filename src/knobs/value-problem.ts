import type { Level } from '../model/knob.js';
import type { KnobEntry } from './catalogue.js';
import { masterProblem } from './master-problem.js';

const factors: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
};

/** Parses a size as Spark writes it (`512m`, `2g`, `1024`) into bytes; undefined for other text. */
export function bytesOf(text: string): number | undefined {
  const match = /^(-?\d+)\s*([kmgtp]?)i?b?$/i.exec(text.trim());
  return match === null
    ? undefined
    : Number(match[1]) * (factors[(match[2] ?? '').toLowerCase()] ?? 1);
}

/** Bytes of a heap: Spark counts one without a unit in MiB, and takes 1 GiB where nothing is asked for. NaN for other text. */
export function heapBytesOf(text = '1g'): number {
  return bytesOf(/^\s*\d+\s*$/.test(text) ? `${text.trim()}m` : text) ?? NaN;
}

/** Returns what is wrong with a value, in words; undefined if Spark accepts it. */
export function valueProblem(entry: KnobEntry, level: Level): string | undefined {
  if (level === null) return undefined;
  const text = String(level);
  switch (entry.type) {
    case 'integer':
      return /^[-+]?\d+$/.test(text) ? outOfRange(entry, Number(text)) : 'not a whole number';
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text))
        ? outOfRange(entry, Number(text))
        : 'not a number';
    case 'boolean':
      return /^(true|false)$/i.test(text) ? undefined : 'neither true nor false';
    case 'bytes': {
      const bytes = bytesOf(text);
      if (bytes === undefined) return 'no size with a unit like 512m or 2g';
      return outOfRange(entry, bytes);
    }
    case 'duration':
      return /^-?\d+(\.\d+)?\s*([a-z]+)?$/i.test(text)
        ? undefined
        : 'no time with a unit like 500ms or 2 seconds';
    case 'enum':
      return (entry.values ?? []).some((value) => value.toLowerCase() === text.toLowerCase())
        ? undefined
        : `not one of ${(entry.values ?? []).join(', ')}`;
    case 'string':
      return entry.key === 'spark.master' ? masterProblem(text) : undefined;
  }
}

function outOfRange({ min, max }: KnobEntry, value: number): string | undefined {
  if (min !== undefined && value < min) return `less than ${String(min)}`;
  return max !== undefined && value > max ? `more than ${String(max)}` : undefined;
}
