import { driverKey } from '../../knobs/hot-knobs.js';
import type { DriverReason } from '../../model/session-record.js';
import { wornBy } from './driver/driver-limits.js';
import { openDriver } from './driver/open-driver.js';
import type { Held, HeldSettings, Needed } from './held.js';
import { warmForLaunch, warmForNew } from './warm-driver.js';

/** The one driver that trials share at a time. Disposing ends it. */
export interface DriverHolder extends AsyncDisposable {
  /** The driver for a trial: a new one, warmed up, if there is none that it can use. Throws SESSION_UNFIT. */
  readonly driverFor: (parts: Needed) => Promise<Held>;
  /** Ends the driver. */
  readonly end: () => Promise<void>;
}

/*
 *  no driver ──(a trial)──> burn-in ──> driver ──(trial after trial, or turn after turn)──> driver
 *      ↑                                  │ other cold knobs; it ended; it holds too much
 *      └──────────────────────────────────┘
 */

/** Starts a driver with the first trial that needs one, and replaces it when the next one needs another. */
export function holdDriver(settings: HeldSettings): DriverHolder {
  let held: Held | undefined;
  let number = 0;
  const end = async () => {
    const last = held;
    held = undefined;
    await last?.driver[Symbol.asyncDispose]();
  };
  return {
    driverFor: async (needed) => {
      const reason = reasonToStart(held, needed);
      if (reason === undefined && held !== undefined) {
        if (needed.isUnderWay !== true) await warmForNew(settings, held, needed);
        return held;
      }
      await end();
      number += 1;
      held = await start(settings, { ...needed, reason: reason ?? 'first', drivers: number });
      return held;
    },
    end,
    [Symbol.asyncDispose]: end,
  };
}

function reasonToStart(
  held: Held | undefined,
  { trial, isUnderWay = false }: Needed,
): DriverReason | undefined {
  if (held === undefined) return 'first';
  if (!held.driver.isRunning()) return 'ended';
  if (held.key !== driverKey(trial.configuration.knobs)) return 'cold-knobs';
  return isUnderWay ? undefined : wornBy(held.trials, held.figures, held.atFirst);
}

interface Start extends Needed {
  readonly reason: DriverReason;
  readonly drivers: number;
}

/** Starts a driver and warms it. Throws SESSION_UNFIT. */
async function start(settings: HeldSettings, given: Start): Promise<Held> {
  const { trial, context, reason, drivers } = given;
  const key = driverKey(trial.configuration.knobs);
  const opened = await openDriver(settings, given, context.directoryOf(trial));
  try {
    const warmed = await warmForLaunch({ settings, opened, needed: given }, drivers);
    const first = { number: drivers, startedFor: reason, atFirst: warmed.figures, trials: 0 };
    return { ...opened, key, ...first, ...warmed };
  } catch (error) {
    await opened.driver[Symbol.asyncDispose]();
    throw error;
  }
}
