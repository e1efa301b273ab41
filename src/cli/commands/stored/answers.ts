import type { CommandModule } from 'yargs';
import { readRun } from '../../../run/stored/read-run.js';
import { analyseRun } from '../../../analysis/analyse-run.js';
import { renderAnswersJson } from '../../../report/answers-json.js';
import { renderAnswers } from '../../../report/markdown/answers.js';
import { writeAnswers } from '../../../run/ending/write-reports.js';
import { defineCommand } from '../../define-command.js';
import { runArgument, runFolderOf } from '../../run-argument.js';
import { writeIfPossible } from '../../write-if-possible.js';
import { print, type CommandContext } from '../../command-context.js';

export function answersCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: (yargs) =>
      runArgument(yargs)
        .option('json', {
          type: 'boolean',
          default: false,
          describe: 'Print the answers as JSON; writes nothing',
        })
        .example('$0 answers results/2026-01-31T20-00-00-quick', 'Writes answers.md into DIR'),
    handler: async ({ json, ...given }) => {
      const folder = await runFolderOf(given, context.host);
      const model = analyseRun(await readRun(folder));
      if (json) {
        print(context, renderAnswersJson(model));
        return;
      }
      print(context, renderAnswers(model).trimEnd());
      await writeIfPossible(context, async () => `Written to ${await writeAnswers(folder, model)}`);
    },
  });
}
