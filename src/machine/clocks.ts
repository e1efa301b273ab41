import { readFile } from 'node:fs/promises';

/** Three clocks at one moment, in milliseconds. */
export interface Clocks {
  /** The time of day, which people and NTP can set. */
  readonly wall: number;
  /** Goes on evenly, but stands still while the machine sleeps. */
  readonly monotonic: number;
  /** Since boot, sleep included (CLOCK_BOOTTIME); null where the system does not tell. */
  readonly sinceBoot: number | null;
}

/** What the clocks say of the time between two readings, in milliseconds. */
export interface ClockJump {
  /** How far the time of day was set: forward is positive. */
  readonly setMs: number;
  /** How long the machine slept. */
  readonly sleptMs: number;
}

/** Reads the clocks; `now` gives the time of day. */
export async function readClocks(now: () => number): Promise<Clocks> {
  const uptime = await readFile('/proc/uptime', 'utf8').catch(() => '');
  const seconds = Number.parseFloat(uptime);
  return {
    wall: now(),
    monotonic: performance.now(),
    sinceBoot: Number.isFinite(seconds) ? 1_000 * seconds : null,
  };
}

/** Where no clock counts the sleep, time that only the wall clock knows of is called sleep if it is forward. */
export function jumpBetween(before: Clocks, after: Clocks): ClockJump {
  const wall = after.wall - before.wall;
  const awake = after.monotonic - before.monotonic;
  if (before.sinceBoot === null || after.sinceBoot === null) {
    return { setMs: Math.min(0, wall - awake), sleptMs: Math.max(0, wall - awake) };
  }
  const passed = after.sinceBoot - before.sinceBoot;
  return { setMs: wall - passed, sleptMs: Math.max(0, passed - awake) };
}
