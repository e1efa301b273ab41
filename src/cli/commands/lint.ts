import type { CommandModule } from 'yargs';
import { prepareRun } from '../../run/prepare-run.js';
import { hasErrors } from '../../model/finding.js';
import { exitCodes } from '../../model/error-catalogue.js';
import { renderFindings } from '../../report/words/findings-text.js';
import { defineCommand } from '../define-command.js';
import { overrideOptions } from '../override-options.js';
import { print, type CommandContext } from '../command-context.js';

export function lintCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'lint <file>',
    describe: 'Find knobs of an experiment that have no effect, cannot run or are misspelled',
    builder: (yargs) =>
      overrideOptions(yargs)
        .positional('file', { type: 'string', demandOption: true, describe: 'The experiment file' })
        .option('json', { type: 'boolean', default: false, describe: 'Print as JSON' })
        .example(
          '$0 lint experiments/sf-crime-kryo.yaml',
          'Three knobs, and what is wrong with them',
        ),
    handler: async (given) => {
      const { findings } = await prepareRun(given.file, {
        host: context.host,
        overrides: given,
      });
      print(
        context,
        given.json ? JSON.stringify(findings, null, 2) : renderFindings(findings, { notes: 'all' }),
      );
      if (hasErrors(findings)) context.exitCode = exitCodes.usage;
    },
  });
}
