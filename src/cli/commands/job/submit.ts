import type { Argv, CommandModule } from 'yargs';
import { exitCodes } from '../../../model/error-catalogue.js';
import { whyNotCounted } from '../../../report/words/outcome/outcome-text.js';
import { batchText } from '../../../report/words/batch-text.js';
import { refuseErrors } from '../../../run/findings/refuse-errors.js';
import { prepareRun } from '../../../run/prepare-run.js';
import { submitOnce, type SubmitObserver } from '../../../run/submit/submit-once.js';
import type { QueryProgress } from '../../../model/trial/query-progress.js';
import { stepTeller } from '../../options/quiet-option.js';
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
      using steps = stepTeller(context, false);
      const output = given.json ? forPrograms(context) : forPeople(context);
      const observer = foreground(steps, output);
      const end = await submitOnce(prepared, { host, observer, configurationId, follow });
      steps.end();
      tellEnd(context, end);
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

interface Output {
  /** What the job writes. */
  readonly line: (text: string) => void;
  readonly batch: (progress: QueryProgress) => void;
}

/** What the job writes goes to standard output; everything about it to standard error. */
function forPeople(context: CommandContext): Output {
  return {
    line: (text) => {
      print(context, text);
    },
    batch: (progress) => {
      tell(context, batchText(progress));
    },
  };
}

/** The batches go to standard output, as `import --follow --json` prints them. */
function forPrograms(context: CommandContext): Output {
  return {
    line: (text) => {
      tell(context, text);
    },
    batch: (progress) => {
      print(context, JSON.stringify(progress));
    },
  };
}

/** On a terminal, a step shows that it goes on until the next one, or until the job says something. */
function foreground(
  { tell: step, end }: ReturnType<typeof stepTeller>,
  { line, batch }: Output,
): SubmitObserver {
  return {
    step,
    line: (text) => {
      end();
      line(text);
    },
    batch: (progress) => {
      end();
      batch(progress);
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
