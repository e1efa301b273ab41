import { isatty } from 'node:tty';
import { exitCodes } from './model/error-catalogue.js';
import { HarnessError, messageOf } from './model/harness-error.js';
import type { Host, TextSink } from './model/host.js';
import { killLiveGroups } from './process/live-groups.js';
import { runCommandLine } from './cli/command-line.js';

/** The only place that ends the process or prints an error. */
const stop = new AbortController();
let asked = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (asked) endAtOnce(exitCodes.interrupted);
    asked = true;
    process.stderr.write('\nStopping in order; once more to stop at once.\n');
    stop.abort();
  });
}
for (const stream of [process.stdout, process.stderr]) {
  // The reader has gone (`streamtune ... | head`): nobody is left to tell.
  stream.on('error', () => {
    stop.abort();
  });
}

const host: Host = {
  env: process.env,
  cwd: process.cwd(),
  now: () => Date.now(),
  out: sink(process.stdout),
  err: sink(process.stderr),
  signal: stop.signal,
};

try {
  process.exitCode = await runCommandLine(process.argv.slice(2), host);
} catch (error) {
  process.exitCode = report(error);
}
// Whatever still holds the event loop (a timer, a socket) must not keep a finished program alive; but what
// was written to a pipe has to arrive first.
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit();

function report(error: unknown): number {
  if (error instanceof HarnessError) {
    const quiet = error.code === 'INTERRUPTED';
    process.stderr.write(
      quiet ? 'Stopped.\n' : `${error.code}: ${error.message}\n  ${error.hint}\n`,
    );
    return error.exitCode;
  }
  killLiveGroups();
  process.stderr.write(
    `INTERNAL: ${messageOf(error)}\n  This is a mistake in streamtune. Set STREAMTUNE_DEBUG=1 for the stack, and please report it.\n`,
  );
  if (process.env['STREAMTUNE_DEBUG'] === '1' && error instanceof Error) {
    process.stderr.write(`${error.stack ?? ''}\n`);
  }
  return exitCodes.internal;
}

async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise<void>((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });
}

function endAtOnce(code: number): never {
  killLiveGroups();
  process.exit(code);
}

function sink(stream: NodeJS.WriteStream & { fd: number }): TextSink {
  return {
    write: (text) => void stream.write(text),
    isTTY: isatty(stream.fd),
    columns: stream.columns > 0 ? stream.columns : 80,
  };
}
