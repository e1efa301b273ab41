import type { CommandModule } from 'yargs';
import { readRun } from '../../run/read-run.js';
import { writeReports } from '../../run/write-reports.js';
import { analyseRun } from '../../analysis/analyse-run.js';
import { renderSummary } from '../../report/summary-json.js';
import { renderTerminal } from '../../report/terminal-table.js';
import { defineCommand } from '../define-command.js';
import { runArgument, runFolderOf } from '../run-argument.js';
import { writeIfPossible } from '../write-if-possible.js';
import { print, type CommandContext } from '../command-context.js';

export function reportCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'report <dir>',
    describe: 'Rebuild every report from the stored trials of a run, finished or not',
    builder: (yargs) =>
      runArgument(yargs)
        .option('json', { type: 'boolean', default: false, describe: 'Print the summary as JSON' })
        .example(
          '$0 report results/2026-01-31T20-00-00-quick',
          'Prints the table, writes the files in DIR',
        )
        .example('$0 report latest', 'The same for the newest run'),
    handler: async ({ json, ...given }) => {
      const folder = await runFolderOf(given, context.host);
      const run = await readRun(folder);
      const model = analyseRun(run);
      print(context, json ? renderSummary(model).trimEnd() : renderTerminal(model));
      await writeIfPossible(context, async () => {
        await writeReports(folder, run);
        return `Report: ${folder}/report.md`;
      });
    },
  });
}
