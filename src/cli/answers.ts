import { readFile } from 'node:fs/promises';
import type { CommandModule } from 'yargs';
import { readRun } from '../app/read-run.js';
import { analyseRun } from '../app/analyse-run.js';
import { writeAnswers } from '../app/write-reports.js';
import { defineCommand } from './define-command.js';
import { print, tell, type Session } from './session.js';

/** `streamtune answers DIR` */
export function answersCommand(session: Session): CommandModule {
  return defineCommand({
    command: 'answers <dir>',
    describe: 'Answer the two questions of the SF crime project from the measured numbers',
    builder: (yargs) =>
      yargs
        .positional('dir', { type: 'string', demandOption: true, describe: 'The folder of a run' })
        .example('$0 answers results/2026-01-31T20-00-00-quick', 'Writes answers.md into DIR'),
    handler: async ({ dir }) => {
      const file = await writeAnswers(dir, analyseRun(await readRun(dir)));
      print(session, (await readFile(file, 'utf8')).trimEnd());
      tell(session, `Written to ${file}`);
    },
  });
}
