import { basename, dirname, relative } from 'node:path';
import { isatty } from 'node:tty';
import { asCalled } from './cli/usage/as-called.js';
import { runCommandLine } from './cli/command-line.js';
import { exitCodes } from './model/error-catalogue.js';
import { errorText, indented } from './model/error-text.js';
import { HarnessError, messageOf } from './model/harness-error.js';
import type { Host, TextSink } from './model/host.js';
import { printable } from './model/printable.js';
import { endInTime } from './process/ending/end-in-time.js';
import { endProcess } from './process/ending/end-process.js';
import { ignoredSignals, ignoredVariable, thisStart } from './process/start/ignored-signals.js';
import { killLiveGroups } from './process/live-groups.js';

/** The only file that exits the process or prints an error. */
const stop = new AbortController();
const ignored: ReadonlySet<string> = ignoredSignals(thisStart());
Reflect.deleteProperty(process.env, ignoredVariable); // it is about this process, not about its children
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (ignored.has(signal)) return;
    if (stop.signal.aborted) {
      endAtOnce(exitCodes.interrupted);
      return;
    }
    process.stderr.write('\nShutting down; press Ctrl-C again to kill everything.\n');
    stop.abort();
    endInTime({
      killChildren: killLiveGroups,
      end: () => {
        endAtOnce(exitCodes.interrupted);
      },
    });
  });
}
process.on('unhandledRejection', (error) => {
  endAtOnce(report(error));
});

const host: Host = {
  env: process.env,
  argv: callAsTyped(),
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
// An open timer or socket must not keep a finished program alive, but output to a pipe has to be flushed first.
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
if (stop.signal.aborted) await endProcess(process.exitCode);
process.exit();

function report(error: unknown): number {
  if (error instanceof HarnessError) {
    const quiet = error.code === 'INTERRUPTED';
    process.stderr.write(quiet ? 'Interrupted.\n' : asCalled(errorText(error), host));
    return error.exitCode;
  }
  killLiveGroups();
  process.stderr.write(
    `INTERNAL: ${printable(indented(messageOf(error)))}\n  This is a bug in streamtune, please report it. STREAMTUNE_DEBUG=1 adds the stack trace.\n`,
  );
  if (process.env['STREAMTUNE_DEBUG'] === '1' && error instanceof Error) {
    process.stderr.write(printable(`${error.stack ?? ''}\n`));
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

function endAtOnce(code: number): void {
  killLiveGroups();
  void endProcess(code);
}

/** The command line to repeat the call: an installed program by its name, a clone by Node and its path. */
function callAsTyped(): string[] {
  const [, script = '', ...args] = process.argv;
  if (basename(script) !== 'streamtune') return ['node', relative(process.cwd(), script), ...args];
  // npx, and any script of npm, finds programs that a shell does not.
  const byNpm = dirname(script).endsWith('node_modules/.bin') && 'npm_command' in process.env;
  return [...(byNpm ? ['npx'] : []), 'streamtune', ...args];
}

function sink(stream: NodeJS.WriteStream & { fd: number }): TextSink {
  const gone = new AbortController();
  // The reader has closed the pipe (`streamtune ... | head`). That is no reason to stop a run.
  stream.on('error', () => {
    gone.abort();
  });
  return {
    write: (text) => {
      if (!gone.signal.aborted) stream.write(printable(text));
    },
    writeRaw: (text) => {
      if (!gone.signal.aborted) stream.write(text);
    },
    isTTY: isatty(stream.fd),
    columns: stream.columns > 0 ? stream.columns : 80,
    gone: gone.signal,
  };
}
