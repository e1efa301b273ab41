import { writeFile } from 'node:fs/promises';
import { driverKey } from '../../knobs/hot-knobs.js';
import type { Executor, LaunchContext, TrialEvidence } from '../../model/trial/executor.js';
import type { Launch, Trial } from '../../model/trial/plan.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import {
  defaultBurnIn,
  type BurnIn,
  type BurnInLimits,
  type DriverFigures,
  type DriverReason,
  type SessionRecord,
} from '../../model/session-record.js';
import { sessionRecordFile } from '../../spark/session-record.js';
import { burnIn } from './burn-in.js';
import { wornBy } from './driver-limits.js';
import { openDriver, type DriverSettings, type OpenedDriver } from './open-driver.js';
import { runInDriver } from './run-in-driver.js';
import { UnfitScript } from './unfit-script.js';

interface SessionSettings extends DriverSettings {
  readonly burnIn?: BurnInLimits;
  readonly onStep: (text: string) => void;
}

/** A driver in use, with what is told of it in the record of each trial. */
interface Held extends OpenedDriver {
  readonly key: string;
  readonly startedFor: DriverReason;
  readonly burnIn: BurnIn;
  readonly atFirst: DriverFigures | null;
  figures: DriverFigures | null;
  trials: number;
}

/*
 *  no driver ──(a trial)──> burn-in ──> driver ──(trial after trial)──> driver
 *      ↑                                  │ other cold knobs; it ended; it holds too much
 *      └──────────────────────────────────┘
 */

/**
 * Runs trials one after another in one live driver, which outlasts its launch as long as the next one has the same cold
 * knobs. It is warmed before its first trial, and replaced when it holds too much. Disposing ends the last one. A trial
 * throws SESSION_UNFIT if its script leaves in the driver what others would find, or needs another one.
 */
export function createSessionExecutor(settings: SessionSettings): Executor & AsyncDisposable {
  let held: Held | undefined;
  let drivers = 0;
  const end = async () => {
    const last = held;
    held = undefined;
    await last?.driver[Symbol.asyncDispose]();
  };
  const driverFor = async (trial: Trial, launch: Launch, context: LaunchContext) => {
    const reason = reasonToStart(held, trial);
    if (reason === undefined && held !== undefined) return held;
    await end();
    drivers += 1;
    held = await start(settings, { trial, launch, context, reason: reason ?? 'first', drivers });
    return held;
  };
  return {
    open: (launch, context) =>
      Promise.resolve({
        run: async (trial, onEvent) => {
          try {
            const used = await driverFor(trial, launch, context);
            return await runTrial(settings, used, { trial, context, onEvent, drivers });
          } catch (error) {
            await end();
            throw error;
          }
        },
        [Symbol.asyncDispose]: async () => {
          if (context.signal.aborted) await end();
        },
      }),
    [Symbol.asyncDispose]: end,
  };
}

function reasonToStart(held: Held | undefined, trial: Trial): DriverReason | undefined {
  if (held === undefined) return 'first';
  if (!held.driver.isRunning()) return 'ended';
  if (held.key !== driverKey(trial.configuration.knobs)) return 'cold-knobs';
  return wornBy(held.trials, held.figures, held.atFirst);
}

interface Start {
  readonly trial: Trial;
  readonly launch: Launch;
  readonly context: LaunchContext;
  readonly reason: DriverReason;
  readonly drivers: number;
}

/** Starts a driver and warms it by the trials of the launch that it can run. */
async function start(settings: SessionSettings, given: Start): Promise<Held> {
  const { trial, launch, context, reason, drivers } = given;
  const key = driverKey(trial.configuration.knobs);
  const directory = context.directoryOf(trial);
  const opened = await openDriver(settings, given, directory);
  settings.onStep(`Warming driver ${String(drivers)} up`);
  const mates = launch.trials.filter(({ configuration }) => driverKey(configuration.knobs) === key);
  try {
    const warmed = await burnIn(
      { ...opened, settings, context: { ...context, directoryOf: () => directory } },
      mates.length === 0 ? [trial] : mates,
      settings.burnIn ?? defaultBurnIn,
    );
    if (warmed.unfit.length > 0) throw new UnfitScript(opened.job, warmed.unfit);
    return {
      ...{ ...opened, key, startedFor: reason, burnIn: warmed.burnIn },
      ...{ atFirst: warmed.figures, figures: warmed.figures, trials: 0 },
    };
  } catch (error) {
    await opened.driver[Symbol.asyncDispose]();
    throw error;
  }
}

async function runTrial(
  settings: SessionSettings,
  held: Held,
  {
    trial,
    context,
    onEvent,
    drivers,
  }: {
    readonly trial: Trial;
    readonly context: LaunchContext;
    readonly onEvent: (event: ProgressEvent) => void;
    readonly drivers: number;
  },
): Promise<TrialEvidence> {
  const { driver, command, startedFor } = held;
  const ran = await runInDriver({ driver, command, settings, trial, context, onEvent });
  if (ran.unfit.length > 0) throw new UnfitScript(held.job, ran.unfit);
  held.trials += 1;
  held.figures = ran.figures;
  const session: SessionRecord = {
    ...{ driver: drivers, startedFor, place: held.trials },
    ...{ burnIn: held.burnIn, figures: ran.figures },
  };
  await writeFile(
    sessionRecordFile({ directory: context.directoryOf(trial) }),
    `${JSON.stringify(session, null, 2)}\n`,
  );
  return { ...ran.evidence, session };
}
