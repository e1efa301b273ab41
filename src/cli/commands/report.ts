import type { CommandModule } from 'yargs';
import { readRun } from '../../run/read-run.js';
import { writeReports } from '../../run/write-reports.js';
import { renderSummary } from '../../report/summary-json.js';
import { renderTerminal } from '../../report/terminal-table.js';
import { defineCommand } from '../define-command.js';
import { print, tell, type CommandContext } from '../command-context.js';

export function reportCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'report <dir>',
    describe: 'Rebuild every report from the stored trials of a run, finished or not',
    builder: (yargs) =>
      yargs
        .positional('dir', { type: 'string', demandOption: true, describe: 'The folder of a run' })
        .option('json', { type: 'boolean', default: false, describe: 'Print the summary as JSON' })
        .example(
          '$0 report results/2026-01-31T20-00-00-quick',
          'Prints the table, writes the files in DIR',
        ),
    handler: async ({ dir, json }) => {
      const model = await writeReports(dir, await readRun(dir));
      print(context, json ? renderSummary(model).trimEnd() : renderTerminal(model));
      tell(context, `Report: ${dir}/report.md`);
    },
  });
}
