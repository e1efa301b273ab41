import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandModule } from 'yargs';
import { runStatus } from '../../../run/stored/run-status.js';
import { renderStatus, renderStatusJson } from '../../../report/words/run/status-text.js';
import { asCalled } from '../../usage/as-called.js';
import { defineCommand } from '../../define-command.js';
import { runArgument, runFolderOf } from '../../run-argument.js';
import { print, type CommandContext } from '../../command-context.js';

const watchEveryMs = 5_000;

export function statusCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: (yargs) =>
      runArgument(yargs)
        .option('json', { type: 'boolean', default: false, describe: 'Print as JSON' })
        .option('watch', {
          type: 'boolean',
          default: false,
          describe: 'Repeat every five seconds until the run is over',
        })
        .example('$0 status results/2026-01-31T20-00-00-overnight', 'How far the run is')
        .example('$0 status latest', 'How far the newest run is')
        .example(
          '$0 status results/2026-01-31T20-00-00-overnight --watch',
          'Keep watching until it is over',
        ),
    handler: async ({ json, watch, ...given }) => {
      const { host } = context;
      const folder = await runFolderOf(given, host);
      for (;;) {
        const status = await runStatus(folder, host.now());
        const text = renderStatus(status, host.out.columns);
        print(context, json ? renderStatusJson(status) : asCalled(text, host));
        const stopped = AbortSignal.any([host.signal, host.out.gone]);
        if (!watch || status.state !== 'running' || stopped.aborted) return;
        await sleep(watchEveryMs, undefined, { signal: stopped }).catch(() => undefined);
      }
    },
  });
}
