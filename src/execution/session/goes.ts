import type { ExecutorsSeen } from '../../model/executors-seen.js';
import type { LaunchContext, TrialEnd } from '../../model/trial/executor.js';
import type { TrialFiles } from '../../model/trial/job.js';
import type { Trial } from '../../model/trial/plan.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import type { SubmitSettings } from '../submit/submit-settings.js';
import { logsOf } from '../trial/trial-files.js';
import { watchTrial, type TrialWatchdogs } from '../trial/trial-watchdogs.js';
import type { Driver, DriverTrial, TrialCommand } from './driver/driver.js';

/** The turns of one trial. */
export interface TurnsOfTrial {
  /** Records that it reads in each. */
  readonly records: number;
  /** Records that it reads in all of them. */
  readonly of: number;
  /**
   * Waits for its next turn. The driver is another one if the last one has ended, `lost` if the trial cannot go on in another;
   * undefined once the run is stopped.
   */
  readonly take: () => Promise<Turn | 'lost' | undefined>;
}

interface Turn extends Disposable {
  readonly driver: Driver;
}

interface Going {
  readonly driver: Driver;
  readonly settings: Pick<SubmitSettings, 'measurement'>;
  readonly trial: Trial;
  readonly context: Pick<LaunchContext, 'signal'>;
  /** Absent for a trial that runs in one go. */
  readonly turns?: TurnsOfTrial;
}

/** How a trial ended in its driver. */
interface Gone {
  readonly played: DriverTrial;
  readonly isTimeUp: boolean;
  /** Its driver ended in the turn of another trial, and it cannot go on in the next one. */
  readonly isLost: boolean;
  /** Why it was stopped, if that was on purpose. */
  readonly stopped: TrialEnd | undefined;
  /** How it ended if its driver only waited for executors. */
  readonly waited: TrialEnd | undefined;
  /** Those of its last driver, since the trial began in it. */
  readonly executors: ExecutorsSeen | undefined;
  /** What its goes took together. */
  readonly busyMs: number;
}

/** The goes of a trial in its driver: one, or one for each of its turns. Its watchdogs look only while it has one. */
export function goesOf(told: TrialCommand, files: TrialFiles, parts: Going) {
  let watchdogs: TrialWatchdogs | undefined;
  let current: Driver['executors'] | undefined;
  let seen: () => ExecutorsSeen | undefined = () => undefined;
  const { settings, trial, context, turns } = parts;
  const { measurement } = settings;
  const limitMs = 1_000 * measurement.timeLimitSeconds;
  const runOnce = async (driver: Driver, command: TrialCommand, busyMs: number): Promise<Gone> => {
    const startedAt = performance.now();
    using looking = watchTrial(measurement, trial.configuration.knobs, files);
    watchdogs = looking;
    if (current !== driver.executors) seen = driver.executors.seenFromNow();
    current = driver.executors;
    // The query has begun before: from now on its silence counts.
    if (command.turn !== undefined && command.turn.number > 1)
      looking.onEvent({ kind: 'idle', at: 0 });
    const graceMs = command.turn === undefined ? 0 : Math.min(mostGraceMs, limitMs);
    using limits = stopOn(driver, {
      signals: [context.signal, looking.signal],
      ms: limitMs - busyMs + graceMs,
    });
    const played = await driver.run(command, logsOf(files));
    watchdogs = undefined;
    return {
      ...{ played, isTimeUp: limits.isTimeUp(), isLost: false },
      stopped: limits.isStopped() ? (looking.end() ?? canceled) : undefined,
      ...{ waited: current.end(), executors: seen() },
      busyMs: busyMs + performance.now() - startedAt,
    };
  };
  return {
    run: (): Promise<Gone> =>
      turns === undefined
        ? runOnce(parts.driver, told, 0)
        : runInTurns(turns, { trial, told, limitMs, runOnce }),
    watch: (event: ProgressEvent) => {
      watchdogs?.onEvent(event);
      current?.onEvent(event);
    },
  };
}

interface InTurns {
  readonly trial: Trial;
  readonly told: TrialCommand;
  readonly limitMs: number;
  readonly runOnce: (driver: Driver, command: TrialCommand, busyMs: number) => Promise<Gone>;
}

async function runInTurns(
  { records, of, take }: TurnsOfTrial,
  { trial, told, limitMs, runOnce }: InTurns,
): Promise<Gone> {
  for (let number = 1, busyMs = 0; ; number += 1) {
    const next = await take();
    if (next === undefined) return { ...notPlayed, busyMs };
    if (next === 'lost') return { ...notPlayed, stopped: undefined, isLost: true, busyMs };
    using turn = next;
    const until = number * records;
    const seconds = (limitMs - busyMs) / 1_000;
    const command = { ...told, turn: { trial: trial.id, number, until, of, seconds } };
    const gone = await runOnce(turn.driver, command, busyMs);
    const { played } = gone;
    if (played.answer?.isBetweenTurns !== true) return gone;
    ({ busyMs } = gone);
    if (busyMs >= limitMs) {
      // Or the driver would hold its query for a turn that does not come.
      const last = { ...command.turn, number: number + 1, seconds: 0, isOnly: true } as const;
      await runOnce(turn.driver, { ...told, turn: last }, busyMs);
      return { ...gone, played: { ...played, answer: undefined }, isTimeUp: true };
    }
  }
}

/** How long a driver has to stop a query whose time is up, before it is ended itself: others have turns to come in it. */
const mostGraceMs = 10_000;

const canceled: TrialEnd = { kind: 'canceled' };
const notPlayed = {
  played: { answer: undefined, ended: undefined, stdout: '', stderr: '' },
  isTimeUp: false,
  isLost: false,
  stopped: canceled,
  waited: undefined,
  executors: undefined,
} as const;

/** Ends the driver with a signal, or when the trial's time is up: nothing else stops every kind of trial. */
function stopOn(
  driver: Driver,
  { signals, ms }: { readonly signals: readonly AbortSignal[]; readonly ms: number },
) {
  let isTimeUp = false;
  const signal = AbortSignal.any([...signals]);
  const stop = () => void driver.stop();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => {
    isTimeUp = true;
    stop();
  }, ms);
  return {
    isTimeUp: () => isTimeUp,
    isStopped: () => signal.aborted,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    },
  };
}
