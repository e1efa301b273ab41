import { writeFile } from 'node:fs/promises';
import { driverKey } from '../../knobs/hot-knobs.js';
import type { LaunchContext, TrialEvidence } from '../../model/trial/executor.js';
import type { Launch, Trial } from '../../model/trial/plan.js';
import {
  burnInOfTurns,
  defaultBurnIn,
  type BurnIn,
  type BurnInLimits,
  type DriverFigures,
  type DriverReason,
  type SessionRecord,
} from '../../model/session-record.js';
import { sessionRecordFile } from '../../spark/session-record.js';
import { burnIn, knobsKey, warmRounds } from './burn-in.js';
import { wornBy } from './driver/driver-limits.js';
import { openDriver, type DriverSettings, type OpenedDriver } from './driver/open-driver.js';
import type { RanInDriver } from './run-in-driver.js';
import { UnfitScript } from './unfit-script.js';

export interface HeldSettings extends DriverSettings {
  readonly burnIn?: BurnInLimits;
  readonly onStep: (text: string) => void;
}

/** A driver in use, with what is told of it in the record of each trial. */
export interface Held extends OpenedDriver {
  readonly key: string;
  /** Which driver of the run it is, counted from 1. */
  readonly number: number;
  readonly startedFor: DriverReason;
  readonly burnIn: BurnIn;
  readonly atFirst: DriverFigures | null;
  /** The assignments of knobs that have warmed it, if its trials take turns. */
  readonly warmedBy: Set<string>;
  figures: DriverFigures | null;
  trials: number;
}

/** The one driver that trials share at a time. Disposing ends it. */
export interface DriverHolder extends AsyncDisposable {
  /** The driver for a trial: a new one, warmed up, if there is none that it can use. Throws SESSION_UNFIT. */
  readonly driverFor: (parts: Needed) => Promise<Held>;
  /** Ends the driver. */
  readonly end: () => Promise<void>;
}

interface Needed {
  readonly trial: Trial;
  readonly launch: Launch;
  readonly context: LaunchContext;
  /** Whether trials that it runs have not ended: then it stays, however much it holds. */
  readonly isUnderWay?: boolean;
  /** Records of a turn, if the trials of the launch take turns. */
  readonly turnRecords?: number;
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

/**
 * Warms a driver for the configurations of a launch that it has not run yet, such as the ablations of a confirmation: their
 * first turns would be slower than those of the others.
 */
async function warmForNew(settings: HeldSettings, held: Held, needed: Needed): Promise<void> {
  const { trial, launch, context, turnRecords } = needed;
  if (turnRecords === undefined) return;
  const unseen = matesOf(trial, launch).filter(
    ({ configuration }) => !held.warmedBy.has(knobsKey(configuration.knobs)),
  );
  const keys = new Set(unseen.map(({ configuration }) => knobsKey(configuration.knobs)));
  if (keys.size === 0) return;
  const some = keys.size === 1 ? 'a configuration' : `${String(keys.size)} configurations`;
  settings.onStep(`Warming driver ${String(held.number)} up for ${some} that it has not run yet`);
  const directory = context.directoryOf(trial);
  const limits = settings.burnIn ?? burnInOfTurns;
  const { figures, unfit } = await burnIn(
    { ...held, settings, context: { ...context, directoryOf: () => directory } },
    { trials: unseen, turnRecords },
    { ...limits, trials: Math.min(limits.trials, warmRounds * keys.size) },
  );
  if (unfit.length > 0) throw new UnfitScript(held.job, unfit);
  held.figures = figures;
  for (const key of keys) held.warmedBy.add(key);
}

/** Those of a launch that the driver of a trial can run, the trial itself at least. */
function matesOf(trial: Trial, launch: Launch): readonly Trial[] {
  const key = driverKey(trial.configuration.knobs);
  const mates = launch.trials.filter(({ configuration }) => driverKey(configuration.knobs) === key);
  return mates.length === 0 ? [trial] : mates;
}

interface Start extends Needed {
  readonly reason: DriverReason;
  readonly drivers: number;
}

/** Starts a driver and warms it by the trials of the launch that it can run. */
async function start(settings: HeldSettings, given: Start): Promise<Held> {
  const { trial, launch, context, reason, drivers, turnRecords } = given;
  const key = driverKey(trial.configuration.knobs);
  const directory = context.directoryOf(trial);
  const opened = await openDriver(settings, given, directory);
  settings.onStep(`Warming driver ${String(drivers)} up`);
  const mates = matesOf(trial, launch);
  try {
    const warmed = await burnIn(
      { ...opened, settings, context: { ...context, directoryOf: () => directory } },
      { trials: mates, turnRecords },
      settings.burnIn ?? (turnRecords === undefined ? defaultBurnIn : burnInOfTurns),
    );
    if (warmed.unfit.length > 0) throw new UnfitScript(opened.job, warmed.unfit);
    settings.onStep(warmText(drivers, warmed.burnIn));
    return {
      ...{ ...opened, key, number: drivers, startedFor: reason, burnIn: warmed.burnIn },
      warmedBy: new Set(mates.map(({ configuration }) => knobsKey(configuration.knobs))),
      ...{ atFirst: warmed.figures, figures: warmed.figures, trials: 0 },
    };
  } catch (error) {
    await opened.driver[Symbol.asyncDispose]();
    throw error;
  }
}

function warmText(driver: number, { seconds, trials, isFlat }: BurnIn): string {
  const what = `Driver ${String(driver)} has run ${String(trials)} trials that do not count in ${seconds.toFixed(0)} s`;
  return `${what}; its rate is ${isFlat ? 'flat' : 'not flat yet'}`;
}

/** Counts a trial of a driver, and writes the record of it into the trial's folder. */
export async function recorded(
  { evidence, figures }: RanInDriver,
  held: Held,
  { directory, turns }: { readonly directory: string; readonly turns?: number },
): Promise<TrialEvidence> {
  held.trials += 1;
  held.figures = figures;
  const session: SessionRecord = {
    ...{ driver: held.number, startedFor: held.startedFor, place: held.trials },
    ...{ burnIn: held.burnIn, figures, ...(turns === undefined ? {} : { turns }) },
  };
  await writeFile(sessionRecordFile({ directory }), `${JSON.stringify(session, null, 2)}\n`);
  return { ...evidence, session };
}
