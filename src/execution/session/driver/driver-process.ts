import { cappedLog, type CappedLog } from '../../../process/capped-log.js';
import type { Command } from '../../../process/command.js';
import { runCommand, type CommandResult, type RunOptions } from '../../../process/run-command.js';
import { watchExecutors } from '../../cluster/watch-executors.js';

/** Where the two streams of a trial are written. */
export type OutputFiles = Readonly<Record<'stdout' | 'stderr', string>>;

/** How the process of a driver is started and followed. */
export interface ProcessOptions {
  /** Makes the command, given the socket from which the driver takes its trials. */
  readonly commandFor: (socket: string) => Command;
  readonly masker: NonNullable<RunOptions['masker']>;
  readonly onStart: (pid: number) => void;
  /** Called with each line that it writes. */
  readonly onLine: (line: string) => void;
  /** The output until the first trial. */
  readonly files: OutputFiles;
}

const keptCharacters = 65_536;

/** Starts the process of a driver, which ends where it would wait for executors for ever. */
export function startProcess(
  { commandFor, masker, onStart, onLine, files }: ProcessOptions,
  socket: string,
) {
  const stop = new AbortController();
  const executors = watchExecutors();
  executors.signal.addEventListener('abort', () => {
    stop.abort();
  });
  let output = openOutput(files);
  const running = runCommand(commandFor(socket), {
    ...{ signal: stop.signal, masker, onStart, onStop: executors.close },
    onText: (...written) => {
      output.write(...written);
    },
    onLine: (line) => {
      executors.onLine(line);
      onLine(line);
    },
  }).catch(stopped);
  return {
    ...{ executors, stop, running },
    output: {
      /** From now on, the output goes to other files. */
      change: async (others: OutputFiles) => {
        await output.close();
        output = openOutput(others);
      },
      close: () => output.close(),
    },
  };
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
