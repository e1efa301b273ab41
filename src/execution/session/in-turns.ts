import type { LaunchContext, OpenLaunch } from '../../model/trial/executor.js';
import type { Launch, Trial } from '../../model/trial/plan.js';
import { leastTurnSeconds, type BurnIn } from '../../model/session-record.js';
import { median } from '../../stats/quantile.js';
import type { TurnsOfTrial } from './goes.js';
import { recorded, type Held, type HeldSettings } from './held.js';
import type { DriverHolder } from './held-driver.js';
import { runInDriver } from './run-in-driver.js';
import { createTurns, type Turns } from './turns.js';
import { UnfitScript } from './unfit-script.js';

/** Trials of one launch, and the driver that they share. */
export interface SharedLaunch {
  readonly settings: HeldSettings;
  readonly launch: Launch;
  readonly context: LaunchContext;
  readonly holder: DriverHolder;
}

/** How the trials of a launch take turns. */
export interface TurnPlan {
  /** How many records a trial reads in a turn, at least. */
  readonly leastRecords: number;
  /** Of the plan: with the block, it gives the order. */
  readonly seed: number;
  /** Whether a trial goes on in the next driver, from its checkpoint, when its own has ended in the turn of another. */
  readonly resumes: boolean;
}

/**
 * Runs the trials that are under way at the same time in turns of equally many records, round after round in random order:
 * what the machine does in a round happens to all of them. A driver that ends fails only the trial that had its turn; the
 * others go on in the next one, or do not count. A script that takes no turns has one, for all its records. What streamtune
 * itself cannot do ends all.
 */
export function inTurns(shared: SharedLaunch, plan: TurnPlan): OpenLaunch['run'] {
  const { leastRecords, seed } = plan;
  const { settings, launch, context, holder } = shared;
  const turns = createTurns({ seed, block: launch.trials[0]?.block ?? 0 });
  const failed: Failed = {};
  let opened: Promise<Held> | undefined;
  let records: number | undefined;
  return async (trial, onEvent) => {
    opened ??= holder.driverFor({ trial, launch, context, turnRecords: leastRecords });
    const first = await opened;
    records ??= Math.max(leastRecords, Math.ceil(leastTurnSeconds * rateOf(first.burnIn)));
    const { take, latest } = turnsOf(trial, first, { shared, turns, failed, plan });
    const { driver, command, inOneGo } = first;
    const of = settings.inputOf(trial).records;
    const ofTrial = { records: inOneGo.length > 0 ? of : records, of, take };
    const parts = { driver, command, settings, trial, context, onEvent, turns: ofTrial };
    try {
      const ran = await runInDriver(parts);
      if ('error' in failed) throw failed.error;
      if (ran.unfit.length > 0) throw new UnfitScript(first.job, ran.unfit);
      const { held, taken } = latest();
      return await recorded(ran, held, { directory: context.directoryOf(trial), turns: taken });
    } catch (error) {
      if (!('error' in failed)) failed.error = error;
      throw error;
    } finally {
      turns.leave(trial.id);
    }
  };
}

/** What streamtune could not do for one of the trials. */
interface Failed {
  error?: unknown;
}

interface TurnParts {
  readonly shared: SharedLaunch;
  readonly turns: Turns;
  readonly failed: Failed;
  readonly plan: TurnPlan;
}

/** The turns of one trial, and the driver of the latest one with how many there were. */
function turnsOf(
  trial: Trial,
  first: Held,
  { shared: { launch, context, holder }, turns, failed, plan }: TurnParts,
) {
  let held = first;
  let taken = 0;
  const isOver = () => context.signal.aborted || 'error' in failed;
  const isLost = () => taken > 0 && !plan.resumes && !held.driver.isRunning();
  const take: TurnsOfTrial['take'] = async () => {
    const place = await turns.take(trial.id);
    const leave = () => {
      place[Symbol.dispose]();
    };
    if (!isOver() && isLost()) {
      leave();
      return 'lost';
    }
    try {
      const turnRecords = plan.leastRecords;
      const needed = { trial, launch, context, isUnderWay: true, turnRecords };
      if (!isOver()) held = await holder.driverFor(needed);
    } catch (error) {
      failed.error = error;
    }
    if (!isOver()) {
      taken += 1;
      return { driver: held.driver, [Symbol.dispose]: leave };
    }
    leave();
    return undefined;
  };
  return { take, latest: () => ({ held, taken }) };
}

/** Rows per second once the driver was warm; 0 if nothing was read to warm it. */
function rateOf({ rates }: BurnIn): number {
  return median(rates.slice(-4)) ?? 0;
}
