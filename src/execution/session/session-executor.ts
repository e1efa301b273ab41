import type { Executor, OpenLaunch } from '../../model/trial/executor.js';
import type { Launch } from '../../model/trial/plan.js';
import { recorded, type HeldSettings } from './held.js';
import { holdDriver } from './held-driver.js';
import { inTurns, type SharedLaunch, type TurnPlan } from './in-turns.js';
import { runInDriver } from './run-in-driver.js';
import { UnfitScript } from './unfit-script.js';

interface SessionSettings extends HeldSettings {
  /** How the trials of a launch take turns; undefined for those that run in one go. */
  readonly planTurns?: (launch: Launch) => TurnPlan | undefined;
}

/**
 * Runs trials in one live driver: one after another or, if they are run at the same time, in turns. The driver outlasts its
 * launch as long as the next one has the same cold knobs. It is warmed before its first trial, and replaced when it holds
 * too much. Disposing ends the last one. A trial throws SESSION_UNFIT if its script leaves in the driver what others would
 * find, or needs another one.
 */
export function createSessionExecutor(settings: SessionSettings): Executor & AsyncDisposable {
  const holder = holdDriver(settings);
  return {
    open: (launch, context) => {
      const shared: SharedLaunch = { settings, launch, context, holder };
      const turns = settings.planTurns?.(launch);
      const run = turns === undefined ? oneByOne(shared) : inTurns(shared, turns);
      return Promise.resolve({
        run: async (trial, onEvent) => {
          try {
            return await run(trial, onEvent);
          } catch (error) {
            await holder.end();
            throw error;
          }
        },
        [Symbol.asyncDispose]: async () => {
          if (context.signal.aborted) await holder.end();
        },
      });
    },
    [Symbol.asyncDispose]: holder.end,
  };
}

function oneByOne({ settings, launch, context, holder }: SharedLaunch): OpenLaunch['run'] {
  return async (trial, onEvent) => {
    const held = await holder.driverFor({ trial, launch, context });
    const { driver, command } = held;
    const ran = await runInDriver({ driver, command, settings, trial, context, onEvent });
    if (ran.unfit.length > 0) throw new UnfitScript(held.job, ran.unfit);
    return await recorded(ran, held, { directory: context.directoryOf(trial) });
  };
}
