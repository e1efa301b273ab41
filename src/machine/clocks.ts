import { readFile } from 'node:fs/promises';

/** A reading of three clocks, in milliseconds. */
export interface Clocks {
  /** The time of day, which people and NTP can set. */
  readonly wall: number;
  /** Never set, but stops while the machine sleeps. */
  readonly monotonic: number;
  /** Since boot, including sleep (CLOCK_BOOTTIME); null if the system does not report it. */
  readonly sinceBoot: number | null;
}

/** What happened to the clocks between two readings, in milliseconds. */
export interface ClockJump {
  /** How far the time of day was set; positive is forward. */
  readonly setMs: number;
  /** How long the machine slept. */
  readonly sleptMs: number;
}

/** Reads the clocks; `now` returns the time of day. */
export async function readClocks(now: () => number): Promise<Clocks> {
  const uptime = await readFile('/proc/uptime', 'utf8').catch(() => '');
  const seconds = Number.parseFloat(uptime);
  return {
    wall: now(),
    monotonic: performance.now(),
    sinceBoot: Number.isFinite(seconds) ? 1_000 * seconds : null,
  };
}

/** Compares two readings. Without a clock that counts sleep, a forward jump of the time of day counts as sleep. */
export function jumpBetween(before: Clocks, after: Clocks): ClockJump {
  const wall = after.wall - before.wall;
  const awake = after.monotonic - before.monotonic;
  if (before.sinceBoot === null || after.sinceBoot === null) {
    return { setMs: Math.min(0, wall - awake), sleptMs: Math.max(0, wall - awake) };
  }
  const passed = after.sinceBoot - before.sinceBoot;
  return { setMs: wall - passed, sleptMs: Math.max(0, passed - awake) };
}
