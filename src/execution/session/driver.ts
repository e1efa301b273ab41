import { mkdir, rm } from 'node:fs/promises';
import { cappedLog, type CappedLog } from '../../process/capped-log.js';
import type { Command } from '../../process/command.js';
import { openCommandChannel } from './command-channel.js';
import { runCommand, type CommandResult, type RunOptions } from '../../process/run-command.js';
import type { DriverFigures } from '../../model/session-record.js';

/** What the driver is told of a trial; see `spark-jobs/session_driver.py`. */
export interface TrialCommand {
  readonly job: string;
  readonly args: readonly string[];
  readonly conf: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Absent for a trial that runs in one go. */
  readonly turn?: TurnCommand;
}

/** One turn of a trial: its query goes on from its checkpoint. */
interface TurnCommand {
  readonly trial: string;
  /** Counted from 1. */
  readonly number: number;
  /** How many records it has read at the end of this turn, in all of them. */
  readonly until: number;
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
  readonly isRunning: () => boolean;
  /** Runs a trial, or one turn of it, whose output is added to these files. Never rejects: a driver that ends is an end of the trial. */
  readonly run: (command: TrialCommand, files: OutputFiles) => Promise<DriverTrial>;
  /** Ends the whole process group. */
  readonly stop: () => Promise<void>;
}

type OutputFiles = Readonly<Record<'stdout' | 'stderr', string>>;

interface DriverOptions {
  /** Makes the command, given the socket from which the driver takes its trials. */
  readonly commandFor: (socket: string) => Command;
  /** Where Spark spills; made here, and deleted with the driver. */
  readonly scratch: string;
  readonly masker: NonNullable<RunOptions['masker']>;
  readonly onStart: (pid: number) => void;
  /** The output until the first trial. */
  readonly files: OutputFiles;
  /** Ends a driver that is not ready yet. */
  readonly signal: AbortSignal;
  readonly readyWithinMs: number;
}

const keptCharacters = 65_536;

/** Starts a driver, and waits until it can take a trial or has ended. */
export async function startDriver(options: DriverOptions): Promise<Driver> {
  await mkdir(options.scratch, { recursive: true });
  const channel = await openCommandChannel();
  const { masker, onStart } = options;
  const stop = new AbortController();
  let output = openOutput(options.files);
  let ended: CommandResult | undefined;
  const running = runCommand(options.commandFor(channel.path), {
    ...{ signal: stop.signal, masker, onStart },
    onText: (...written) => {
      output.write(...written);
    },
  }).catch(stopped);
  const end = running.then((result) => (ended = result));
  const next = () => Promise.race([channel.next(), end.then(() => undefined)]);
  const halt = async () => {
    stop.abort();
    await end;
  };
  const ready = (await inTime(next(), options, stop)) as Pick<TrialAnswer, 'figures'> | undefined;
  return {
    figures: ready?.figures ?? null,
    isRunning: () => ended === undefined && !stop.signal.aborted,
    run: async (command, files) => {
      await output.close();
      output = openOutput(files);
      channel.send(command);
      const answer = (await next()) as TrialAnswer | BetweenTurns | undefined;
      if (answer === undefined) await end;
      return { answer, ended, ...(await output.close()) };
    },
    stop: halt,
    [Symbol.asyncDispose]: async () => {
      await halt();
      await output.close();
      await channel[Symbol.asyncDispose]();
      await rm(options.scratch, { recursive: true, force: true });
    },
  };
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

/** One that is asked to end has ended as if by its time limit. */
function stopped(): CommandResult {
  return {
    ...{ exitCode: null, endedBySignal: null, timedOut: true },
    ...{ stdout: '', stderr: '', startError: null },
  };
}

/** The two logs of a trial, and the last part of each. What comes after closing belongs to no trial. */
function openOutput(files: OutputFiles) {
  const logs: Record<'stdout' | 'stderr', CappedLog> = {
    stdout: cappedLog(files.stdout),
    stderr: cappedLog(files.stderr),
  };
  const kept = { stdout: '', stderr: '' };
  let closed: Promise<unknown> | undefined;
  return {
    write: (stream: 'stdout' | 'stderr', text: string) => {
      if (closed !== undefined) return;
      logs[stream].write(text);
      kept[stream] = (kept[stream] + text).slice(-keptCharacters);
    },
    close: async () => {
      closed ??= Promise.all([logs.stdout.close(), logs.stderr.close()]);
      await closed;
      return kept;
    },
  };
}
