import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { CommandData } from '../model/experiment.js';
import { HarnessError, interrupted } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { shellWord } from '../model/shell-word.js';
import { startPiped, type PipedEnd } from '../process/piped-program.js';
import { byteLines } from './byte-lines.js';
import { utf8Chunks } from './utf8-chunks.js';

/**
 * Runs somebody's own program for the records of a run, without a shell, and writes them to a file, a record a line. A
 * program that would go on is ended once it has made enough. Throws DATA_COMMAND_FAILED with its exit code and the end of
 * its standard error, DATA_INVALID for what is not UTF-8, and INTERRUPTED.
 */
export async function runGenerator(
  data: CommandData,
  file: string,
  { env, signal }: Pick<Host, 'env' | 'signal'>,
): Promise<void> {
  const refuseStopped = () => {
    if (signal.aborted) throw interrupted();
  };
  refuseStopped();
  const [program = '', ...args] = data.command;
  await using piped = await startPiped({ file: program, args, cwd: data.folder, env }, signal);
  const draft = `${file}.draft`;
  let made = 0;
  const lines = async function* () {
    for await (const line of byteLines(utf8Chunks(piped.output, commandText(data)))) {
      if (line.trim() === '') continue;
      made += 1;
      yield `${line}\n`;
      if (made === data.records) return;
    }
  };
  try {
    await pipeline(lines, createWriteStream(draft, { mode: 0o600 }));
    if (made < data.records) throw tooFew(data, made, await piped.ended);
    await piped.stop();
    refuseStopped();
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    refuseStopped();
    throw error;
  }
}

function tooFew(data: CommandData, made: number, end: PipedEnd): HarnessError {
  const last = end.stderr.split('\n').filter((line) => line.trim() !== '');
  const words = last.slice(-5).map((line) => `\n  ${line.slice(0, 400)}`);
  return new HarnessError({
    code: 'DATA_COMMAND_FAILED',
    message: `${commandText(data)} ${howItEnded(end)} after ${made.toLocaleString('en')} of ${data.records.toLocaleString('en')} records.${words.join('')}`,
    hint:
      end.startError === null
        ? 'Try the command by itself: each line of its standard output is a record. Correct data.command or data.records.'
        : 'data.command is run without a shell, in the folder of the experiment file: give the program and each argument as an element of its own.',
  });
}

function howItEnded({ startError, signal, exitCode }: PipedEnd): string {
  if (startError !== null) return `could not be started (${startError.split('\n')[0] ?? ''})`;
  return signal === null ? `ended with exit code ${String(exitCode)}` : `was ended by ${signal}`;
}

function commandText({ command }: CommandData): string {
  return command.map(shellWord).join(' ');
}
