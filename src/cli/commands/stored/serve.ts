import { once } from 'node:events';
import type { Argv, CommandModule } from 'yargs';
import { endpointAt, loginOption } from '../../broker/broker-option.js';
import { HarnessError } from '../../../model/harness-error.js';
import { lowerPriority } from '../../../process/lower-priority.js';
import { openBrowser } from '../../../process/open-browser.js';
import { randomToken } from '../../../process/random-token.js';
import { serveRun, type ServedRun } from '../../../serve/serve-run.js';
import { print, tell, type CommandContext } from '../../command-context.js';
import { defineCommand } from '../../define-command.js';
import { bootstrapServers, port } from '../../options/rules.js';
import { optional } from '../../options/value-rule.js';
import { runFolderOf } from '../../run-argument.js';
import { pageAddress, tokenVariable } from '../../page/page-address.js';

export function serveCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: serveOptions,
    handler: async (given) => {
      const { host } = context;
      const folder = await runFolderOf(given, host);
      const handed = host.env[tokenVariable];
      const token = handed ?? randomToken();
      const { bootstrapServers: servers, commandConfig } = given;
      if (servers === undefined && commandConfig !== undefined) throw loginAlone();
      await using served = await serveRun(folder, {
        port: given.port ?? 0,
        token,
        endpoint:
          servers === undefined
            ? undefined
            : await endpointAt({ bootstrapServers: servers, commandConfig }, host),
        env: host.env,
        now: host.now,
      });
      if (!host.signal.aborted) lowerPriority();
      // Whoever handed the token over knows the address, and this output may be kept in a file.
      print(context, pageAddress(served.port, handed === undefined ? token : ''));
      await using _browser = given.open
        ? await openBrowser(pageAddress(served.port, token), host.env)
        : undefined;
      if (handed === undefined) tell(context, 'Open this address in a browser; Ctrl-C ends it.');
      await untilOver(served, { untilEnded: given.untilEnded, signal: host.signal });
      await served.watched.refresh();
    },
  });
}

function serveOptions(yargs: Argv) {
  return yargs
    .positional('dir', {
      type: 'string',
      default: 'latest',
      describe: 'The folder of a run, its name in the results folder, or: latest',
    })
    .option('results', {
      type: 'string',
      default: 'results',
      describe: 'The results folder, for names and for latest',
    })
    .option('port', optional('--port', port, { describe: 'Listen here (default: a free port)' }))
    .option(
      'bootstrap-servers',
      optional('--bootstrap-servers', bootstrapServers, {
        alias: 'b',
        describe: "Show this broker's topics, as HOST:PORT (default: the broker of the run)",
      }),
    )
    .option('open', {
      type: 'boolean',
      default: false,
      describe: 'Show it in the browser, if this machine has a screen',
    })
    .option('command-config', loginOption)
    .option('until-ended', {
      type: 'boolean',
      default: false,
      describe: 'End with the run',
    })
    .example('$0 serve --open', 'Watch the newest run')
    .example('$0 serve results/2026-01-31T20-00-00-overnight --port 7070', 'At a port of your own')
    .example('$0 serve latest --bootstrap-servers localhost:9092', 'With the topics of a broker');
}

/** The broker of a run has the login of its experiment. */
function loginAlone(): HarnessError {
  return new HarnessError({
    code: 'USAGE',
    message: '--command-config goes with --bootstrap-servers.',
    hint: "Name the broker as well, or drop it: the run's own is logged in to as its experiment says.",
  });
}

/** Resolves on Ctrl-C, or once the run is over if that is asked for. */
async function untilOver(
  { watched }: ServedRun,
  { untilEnded, signal }: { readonly untilEnded: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const stopped = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  const ended = new Promise<void>((resolve) => {
    const look = () => {
      const { status, problem } = watched.view();
      // A folder that cannot be read any more is that of a run that ended before its first trial.
      if (untilEnded && (status.state !== 'running' || problem !== null)) resolve();
    };
    watched.onChange(look);
    look();
  });
  await Promise.race([stopped, ended]);
}
