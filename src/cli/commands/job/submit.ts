import type { Argv, CommandModule } from 'yargs';
import { exitCodes } from '../../../model/error-catalogue.js';
import { whyNotCounted } from '../../../report/words/outcome-text.js';
import { batchText } from '../../../report/words/batch-text.js';
import { refuseErrors } from '../../../run/findings/refuse-errors.js';
import { prepareRun } from '../../../run/prepare-run.js';
import { submitOnce, type SubmitObserver } from '../../../run/submit/submit-once.js';
import { print, tell, type CommandContext } from '../../command-context.js';
import { defineCommand } from '../../define-command.js';
import { experimentOptions, givenExperiment } from '../../experiment/given-experiment.js';

export function submitCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: submitOptions,
    handler: async (given) => {
      const { host } = context;
      const { file, ...changed } = givenExperiment(given, { command: 'submit', host });
      const prepared = await prepareRun(file, { host, ...changed });
      // Whether its batches would count does not matter here.
      const { findings } = prepared;
      refuseErrors(
        file,
        findings.filter(({ rule }) => rule !== 'few-batches'),
      );
      const { config: configurationId, follow } = given;
      const observer = given.json ? jsonObserver(context) : foregroundObserver(context);
      tellEnd(context, await submitOnce(prepared, { host, observer, configurationId, follow }));
    },
  });
}

function submitOptions(yargs: Argv) {
  return experimentOptions(yargs)
    .option('config', {
      type: 'string',
      default: 'baseline',
      describe: 'The configuration: baseline, c1, c2, ... as listed by `plan`',
    })
    .option('follow', {
      type: 'boolean',
      default: false,
      describe: 'Go on when all records are read, until Ctrl-C: for the Spark UI, or for `produce`',
    })
    .option('json', {
      type: 'boolean',
      default: false,
      describe: 'Print each batch as a line of JSON; what the job writes goes to standard error',
    })
    .example('$0 submit experiments/quick.yaml --config c1', 'Watch what a configuration does')
    .example('$0 submit experiments/quick.yaml --follow', 'Keep the Spark UI until Ctrl-C');
}

/** What the job writes goes to standard output; everything about it to standard error. */
function foregroundObserver(context: CommandContext): SubmitObserver {
  return {
    step: (text) => {
      tell(context, text);
    },
    line: (text) => {
      print(context, text);
    },
    batch: (progress) => {
      tell(context, batchText(progress));
    },
  };
}

/** The batches go to standard output, as `import --follow --json` prints them. */
function jsonObserver(context: CommandContext): SubmitObserver {
  return {
    step: (text) => {
      tell(context, text);
    },
    line: (text) => {
      tell(context, text);
    },
    batch: (progress) => {
      print(context, JSON.stringify(progress));
    },
  };
}

function tellEnd(context: CommandContext, end: Awaited<ReturnType<typeof submitOnce>>): void {
  if (end.kind === 'ended') {
    tell(context, 'The job has ended; nothing of it is left.');
    return;
  }
  context.exitCode = exitCodes.failedTrials;
  tell(context, `The job did not end well: ${whyNotCounted(end) ?? end.kind}.`);
}
