import { mkdir, rm } from 'node:fs/promises';
import type { DriverFigures } from '../../../model/session-record.js';
import type { CommandResult } from '../../../process/run-command.js';
import type { ExecutorWatch } from '../../cluster/watch-executors.js';
import { openCommandChannel } from './command-channel.js';
import { startProcess, type OutputFiles, type ProcessOptions } from './driver-process.js';

/** What the driver is told of a trial; see `spark-jobs/session_driver.py`. */
export interface TrialCommand {
  readonly job: string;
  readonly args: readonly string[];
  readonly conf: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Absent for a trial that runs in one go. */
  readonly turn?: TurnCommand;
}

/** One turn of a trial: its query goes on where it was held, or (the shipped job's) from its checkpoint if it was stopped. */
interface TurnCommand {
  readonly trial: string;
  /** Counted from 1. */
  readonly number: number;
  /** How many records it has read at the end of this turn, in all of them. */
  readonly until: number;
  /** How many there are for it. */
  readonly of: number;
  /** After so long its query is stopped in any case. */
  readonly seconds: number;
  /** There is no other turn: the trial ends with it. */
  readonly isOnly?: true;
}

/** What the driver says of a trial whose turn is over, but not the trial. */
interface BetweenTurns {
  readonly isBetweenTurns: true;
}

/** What the driver says of a trial that has ended. */
export interface TrialAnswer {
  readonly isBetweenTurns?: undefined;
  readonly failed: boolean;
  /** What Spark said of settings that it would not change, by key. */
  readonly refused: Readonly<Record<string, string>>;
  /** Of a script: why no other trial may follow it in this driver, a text each; empty if one may. */
  readonly unfit?: readonly string[];
  /** Of a script that warmed the driver for turns: why it cannot take them, a text each; empty if it can. */
  readonly inOneGo?: readonly string[];
  readonly figures: DriverFigures;
}

/** How a trial, or its turn, ended in its driver: with an answer, or with the driver itself; with its last output. */
export interface DriverTrial {
  readonly answer: TrialAnswer | BetweenTurns | undefined;
  readonly ended: CommandResult | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/*
 *  startDriver ──(its first line)──> ready ──(run)──> busy ──(its answer)──> ready ──(stop)──> ended
 *       └───────────────(its process ends, at any time)──────────────────────────────────────> ended
 */

/** A live Spark driver that runs one trial after another. */
export interface Driver extends AsyncDisposable {
  /** When it was started; null if it ended before it could take a trial. */
  readonly figures: DriverFigures | null;
  /** What it has on a cluster; it is ended where it would wait for ever for some. */
  readonly executors: Omit<ExecutorWatch, 'onLine' | 'signal'>;
  readonly isRunning: () => boolean;
  /** Runs a trial, or one turn of it, whose output is added to these files. Never rejects: a driver that ends is an end of the trial. */
  readonly run: (command: TrialCommand, files: OutputFiles) => Promise<DriverTrial>;
  /** Ends the whole process group. */
  readonly stop: () => Promise<void>;
}

interface DriverOptions extends ProcessOptions {
  /** Where Spark spills; made here, and deleted with the driver. */
  readonly scratch: string;
  /** Called when it is disposed of, after its process has ended. */
  readonly onEnd: () => Promise<void>;
  /** Ends a driver that is not ready yet. */
  readonly signal: AbortSignal;
  readonly readyWithinMs: number;
}

/** Starts a driver, and waits until it can take a trial or has ended. */
export async function startDriver(options: DriverOptions): Promise<Driver> {
  await mkdir(options.scratch, { recursive: true });
  const channel = await openCommandChannel();
  const { executors, stop, running, output } = startProcess(options, channel.path);
  let ended: CommandResult | undefined;
  const end = running.then((result) => (ended = result));
  const next = () => Promise.race([channel.next(), end.then(() => undefined)]);
  const halt = async () => {
    stop.abort();
    await end;
  };
  const ready = (await inTime(next(), options, stop)) as Pick<TrialAnswer, 'figures'> | undefined;
  return {
    figures: ready?.figures ?? null,
    executors,
    isRunning: () => ended === undefined && !stop.signal.aborted,
    run: async (command, files) => {
      await output.change(files);
      channel.send(command);
      const answer = (await next()) as TrialAnswer | BetweenTurns | undefined;
      if (answer === undefined) await end;
      const written = await output.close();
      // One that never took a trial has said why before.
      return { answer, ended, ...(ready === undefined ? textsOf(ended) : written) };
    },
    stop: halt,
    [Symbol.asyncDispose]: async () => {
      await halt();
      executors[Symbol.dispose]();
      await options.onEnd();
      await output.close();
      await channel[Symbol.asyncDispose]();
      await rm(options.scratch, { recursive: true, force: true });
    },
  };
}

/** The last of what it has written. */
function textsOf(ended: CommandResult | undefined): Pick<CommandResult, 'stdout' | 'stderr'> {
  return { stdout: ended?.stdout ?? '', stderr: ended?.stderr ?? '' };
}

/** What the driver says first; stops one that takes too long for it, or is asked to end before. */
async function inTime(
  first: Promise<unknown>,
  { signal, readyWithinMs }: DriverOptions,
  stop: AbortController,
): Promise<unknown> {
  const giveUp = () => {
    stop.abort();
  };
  const tooLate = AbortSignal.any([signal, AbortSignal.timeout(readyWithinMs)]);
  if (tooLate.aborted) giveUp();
  tooLate.addEventListener('abort', giveUp);
  try {
    return await first;
  } finally {
    tooLate.removeEventListener('abort', giveUp);
  }
}
