import { relative, resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import type { ImportedLog } from '../../../model/log/imported-log.js';
import { importLogs } from '../../../run/logs/import-log.js';
import { renderBatch } from '../../../report/imported/batch-line.js';
import {
  renderLog,
  renderLogJson,
  renderLogMarkdown,
} from '../../../report/imported/render-log.js';
import { print, type CommandContext } from '../../command-context.js';
import { defineCommand } from '../../define-command.js';
import { twoFormats } from '../../results/two-formats.js';
import { withoutProgress } from '../../imported/without-progress.js';

export function importCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: importOptions,
    handler: async ({ files, follow, json, markdown }) => {
      const { host } = context;
      const { out } = host;
      if (json && markdown) throw twoFormats('--json', '--markdown');
      const imported = await importLogs(
        files.map((file) => resolve(host.cwd, file)),
        {
          follow,
          signal: AbortSignal.any([host.signal, out.gone]),
          ...(follow
            ? {
                onBatch: (batch, name) => {
                  print(context, json ? JSON.stringify(batch) : renderBatch(batch, name));
                },
              }
            : {}),
        },
      );
      const log = withShownPaths(imported, host.cwd);
      if (log.queries.length === 0 && !follow) throw withoutProgress(log.files);
      if (log.queries.length === 0 || (follow && json)) return;
      const render = markdown ? renderLogMarkdown : json ? renderLogJson : undefined;
      print(context, render === undefined ? renderLog(log, out.columns) : render(log));
    },
  });
}

/** Paths below the working directory as they would be typed there. */
function withShownPaths(log: ImportedLog, cwd: string): ImportedLog {
  const files = log.files.map((file) => {
    const path = relative(cwd, file.path);
    return path.startsWith('..') ? file : { ...file, path };
  });
  return { ...log, files };
}

function importOptions(yargs: Argv) {
  return yargs
    .positional('files', {
      type: 'string',
      array: true,
      demandOption: true,
      describe: 'Driver logs, event logs (files, folders or zips), or progress in JSON by line',
    })
    .option('follow', {
      type: 'boolean',
      default: false,
      describe: 'Go on as the log grows, a line for each batch, until Ctrl-C',
    })
    .option('json', { type: 'boolean', default: false, describe: 'Print as JSON' })
    .option('markdown', { type: 'boolean', default: false, describe: 'Print as Markdown' })
    .example('$0 import driver.log', 'What the log of a driver says of its queries')
    .example('$0 import spark-events/eventlog_v2_app-1 --json', 'An event log in parts, as JSON')
    .example(
      '$0 import docs/examples/driver.log --follow',
      'A line for each batch of a job that is running',
    );
}
