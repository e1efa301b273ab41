import { basename, dirname, relative } from 'node:path';
import { asCalled } from './cli/usage/as-called.js';
import { runCommandLine } from './cli/command-line.js';
import { exitCodes } from './model/error-catalogue.js';
import { errorText, indented } from './model/error-text.js';
import { HarnessError, messageOf } from './model/harness-error.js';
import type { Host } from './model/host.js';
import { endInTime } from './process/ending/end-in-time.js';
import { endProcess } from './process/ending/end-process.js';
import { ignoredSignals, ignoredVariable, thisStart } from './process/start/ignored-signals.js';
import { killLiveGroups } from './process/groups/live-groups.js';
import { dataSink, progressSink } from './process/output/standard-sinks.js';

/** The only file that exits the process or prints an error. */
const stop = new AbortController();
const out = dataSink(process.stdout, process.env);
const err = progressSink(process.stderr, process.env);
const ignored: ReadonlySet<string> = ignoredSignals(thisStart());
Reflect.deleteProperty(process.env, ignoredVariable); // it is about this process, not about its children
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (ignored.has(signal)) return;
    if (stop.signal.aborted) {
      endAtOnce(exitCodes.interrupted);
      return;
    }
    err.write('\nShutting down; press Ctrl-C again to kill everything.\n');
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
  out,
  err,
  signal: stop.signal,
};

try {
  process.exitCode = await runCommandLine(process.argv.slice(2), host);
  const lost = await out.settled();
  if (lost !== undefined) process.exitCode = report(lost);
} catch (error) {
  process.exitCode = report(error);
}
// An open timer or socket must not keep a finished program alive, but output to a pipe has to be flushed first.
await Promise.all([out.settled(), err.settled()]);
if (stop.signal.aborted) await endProcess(process.exitCode);
process.exit();

function report(error: unknown): number {
  if (error instanceof HarnessError) {
    const quiet = error.code === 'INTERRUPTED';
    err.write(quiet ? 'Interrupted.\n' : asCalled(errorText(error), host));
    return error.exitCode;
  }
  killLiveGroups();
  err.write(
    `INTERNAL: ${indented(messageOf(error))}\n  This is a bug in streamtune, please report it. STREAMTUNE_DEBUG=1 adds the stack trace.\n`,
  );
  if (process.env['STREAMTUNE_DEBUG'] === '1' && error instanceof Error) {
    err.write(`${error.stack ?? ''}\n`);
  }
  return exitCodes.internal;
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
