import type { Level } from '../model/knob.js';

/** Converts `2 seconds`, `500ms` to milliseconds; 0 for anything else, which starts each batch immediately. */
export function triggerMsOf(level: Level): number {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|millisecond|s|sec|m|min)/i.exec(String(level ?? ''));
  const unit = { ms: 1, millisecond: 1, s: 1_000, sec: 1_000, m: 60_000, min: 60_000 };
  const factor = unit[(match?.[2] ?? '').toLowerCase() as keyof typeof unit] as number | undefined;
  return factor === undefined ? 0 : Number(match?.[1]) * factor;
}
