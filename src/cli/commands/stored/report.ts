import type { CommandModule } from 'yargs';
import { readRun } from '../../../run/stored/read-run.js';
import { writeReports } from '../../../run/ending/write-reports.js';
import { analyseRun } from '../../../analysis/analyse-run.js';
import { defineCommand } from '../../define-command.js';
import { runArgument, runFolderOf } from '../../run-argument.js';
import { writeIfPossible } from '../../write-if-possible.js';
import { resultOptions, resultWishes } from '../../results/result-options.js';
import { tellFiles } from '../../results/tell-files.js';
import { showResult } from '../../results/show-result.js';
import type { CommandContext } from '../../command-context.js';

export function reportCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: (yargs) =>
      resultOptions(runArgument(yargs))
        .example(
          '$0 report results/2026-01-31T20-00-00-quick',
          'Prints the table, writes the files in DIR',
        )
        .example('$0 report latest', 'The same for the newest run')
        .example(
          '$0 report latest --fail-if verdict=worse,ineligible',
          'Exit code 1 if a configuration is one of these',
        ),
    handler: async (given) => {
      const wishes = await resultWishes(given, context.host);
      const folder = await runFolderOf(given, context.host);
      const run = await readRun(folder);
      const model = analyseRun(run);
      const after = () =>
        writeIfPossible(context, async () => {
          await writeReports(folder, run, model);
          tellFiles(context, folder, { answers: false });
          return undefined;
        });
      await showResult(context, wishes, { model, after });
    },
  });
}
