import type { Argv, CommandModule } from 'yargs';
import { exitCodes } from '../../../model/error-catalogue.js';
import { hasErrors } from '../../../model/finding.js';
import { shellWord } from '../../../model/shell-word.js';
import { askOnTerminal, isAnswerable, type Ask } from '../../../process/ask.js';
import { renderFindings } from '../../../report/words/findings-text.js';
import { initExperiment } from '../../../run/init/init-experiment.js';
import { prepareRun } from '../../../run/prepare-run.js';
import { blocks, cores, recordCount } from '../../options/rules.js';
import { optional } from '../../options/value-rule.js';
import { print, tell, type CommandContext } from '../../command-context.js';
import { defineCommand } from '../../define-command.js';
import { completeAnswers, type GivenAnswers } from './init-questions.js';

export function initCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: initOptions,
    handler: async ({ out, force, yes, ...rest }) => {
      const given = { ...rest, file: out };
      const { signal } = context.host;
      if (yes || !isAnswerable()) await init(context, { given, force });
      else await askOnTerminal(signal, (ask) => init(context, { given, force, ask }));
    },
  });
}

function initOptions(yargs: Argv) {
  return yargs
    .positional('script', { type: 'string', describe: 'The PySpark script to tune, as it is' })
    .option('out', { type: 'string', describe: 'The file to write; by default SCRIPT.yaml here' })
    .option('data', { type: 'string', describe: 'A file of records, one a line' })
    .option(
      'records',
      optional('--records', recordCount, { describe: 'How many records each trial reads' }),
    )
    .option(
      'blocks',
      optional('--blocks', blocks, { describe: 'How often each configuration runs' }),
    )
    .option(
      'cores',
      optional('--cores', cores, { describe: 'How many cores the job gets; by default up to 4' }),
    )
    .option('force', {
      type: 'boolean',
      default: false,
      describe: 'Replace the file if it is there',
    })
    .option('yes', { type: 'boolean', default: false, describe: 'Ask nothing; take what is usual' })
    .example('$0 init my_job.py', 'Look at a script, and write an experiment for it')
    .example(
      '$0 init my_job.py --blocks 8 --out night.yaml',
      'The same without questions about them',
    );
}

/** Writes the experiment, checks it, and says what to type next. */
export async function init(
  context: CommandContext,
  {
    given,
    force,
    ask,
  }: {
    readonly given: GivenAnswers;
    readonly force: boolean;
    readonly ask?: Ask;
  },
): Promise<void> {
  const { host } = context;
  const answers = await completeAnswers(given, ask);
  await initExperiment(answers, { host, force });
  tell(context, `Wrote ${answers.file}; each choice has its reason beside it.`);
  const { findings } = await prepareRun(answers.file, { host });
  print(context, renderFindings(findings, { notes: 'counted' }));
  if (hasErrors(findings)) context.exitCode = exitCodes.usage;
  const file = shellWord(answers.file);
  tell(
    context,
    `Next: streamtune plan ${file}, then streamtune submit ${file} to see it run once.`,
  );
}
