import { readFile } from 'node:fs/promises';
import type { CommandModule } from 'yargs';
import { readRun } from '../../run/read-run.js';
import { analyseRun } from '../../analysis/analyse-run.js';
import { writeAnswers } from '../../run/write-reports.js';
import { defineCommand } from '../define-command.js';
import { print, tell, type CommandContext } from '../command-context.js';

export function answersCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'answers <dir>',
    describe: 'Answer the two questions of the SF crime project from what was measured',
    builder: (yargs) =>
      yargs
        .positional('dir', { type: 'string', demandOption: true, describe: 'The folder of a run' })
        .example('$0 answers results/2026-01-31T20-00-00-quick', 'Writes answers.md into DIR'),
    handler: async ({ dir }) => {
      const file = await writeAnswers(dir, analyseRun(await readRun(dir)));
      print(context, (await readFile(file, 'utf8')).trimEnd());
      tell(context, `Written to ${file}`);
    },
  });
}
