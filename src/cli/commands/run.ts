import type { Argv, CommandModule } from 'yargs';
import { exitCodes } from '../../model/error-catalogue.js';
import { hasErrors } from '../../model/finding.js';
import { renderFindings } from '../../report/words/findings-text.js';
import { renderPlan } from '../../report/plan-table.js';
import { simulatedBackend } from '../../run/backends/simulated-backend.js';
import { sparkBackend } from '../../run/backends/spark-backend.js';
import { prepareRun } from '../../run/prepare-run.js';
import { refuseErrors } from '../../run/findings/refuse-errors.js';
import { startRun } from '../../run/start-run.js';
import { print, tell, type CommandContext } from '../command-context.js';
import { defineCommand } from '../define-command.js';
import { clockTime, span } from '../options/rules.js';
import { optional } from '../options/value-rule.js';
import { experimentOptions, givenExperiment } from '../experiment/given-experiment.js';
import { resultWishes } from '../results/result-options.js';
import { overrideOptions } from '../override-options.js';
import { deadlineOf } from '../time-span.js';
import { watchedRun, watchOptions } from '../watched-run.js';

export function runCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: (yargs) => examples(runOptions(yargs)),
    handler: async (given) => {
      const { host } = context;
      const wishes = await resultWishes(given, host);
      const { file, ...changed } = givenExperiment(given, { command: 'run', host });
      const prepared = await prepareRun(file, { host, overrides: given, ...changed });
      const { findings } = prepared;
      const text = renderFindings(findings, { notes: 'counted' });
      if (given.dryRun) {
        print(context, `${renderPlan(prepared, host.out.columns)}\n\n${text}`);
        if (hasErrors(findings)) context.exitCode = exitCodes.usage;
        return;
      }
      if (!given.force) refuseErrors(file, findings);
      if (findings.some(({ severity }) => severity !== 'note')) tell(context, text);
      const deadline = deadlineOf(given, host.now());
      const { simulate, results: resultsRoot } = given;
      const { baseline } = prepared.experiment;
      await watchedRun(context, { ...given, baseline, wishes }, async (observer) => {
        const backend =
          simulate === undefined
            ? await sparkBackend(prepared, { host, observer })
            : await simulatedBackend(prepared, simulate, host);
        return await startRun(prepared, backend, { host, resultsRoot, observer, deadline });
      });
    },
  });
}

function runOptions(yargs: Argv) {
  return watchOptions(overrideOptions(experimentOptions(yargs)))
    .option('results', {
      type: 'string',
      default: 'results',
      describe: 'The folder that gets a folder for each run',
    })
    .option('dry-run', {
      type: 'boolean',
      default: false,
      describe: 'Show the forecast and what would run; start nothing',
    })
    .option('simulate', {
      type: 'string',
      describe: 'Simulate it with the model in this file: no Kafka, no Spark, takes a second',
    })
    .option(
      'budget',
      optional('--budget', span, {
        describe: 'Finish within this time, such as 8h; no block starts that would not fit',
      }),
    )
    .option(
      'until',
      optional('--until', clockTime, {
        describe: 'Finish by this time of day, such as 07:00',
      }),
    )
    .option('force', {
      type: 'boolean',
      default: false,
      describe: 'Run even if lint finds an error',
    });
}

function examples<T>(yargs: Argv<T>): Argv<T> {
  return yargs
    .example('$0 run experiments/quick.yaml', 'Three configurations in a few minutes')
    .example('$0 run experiments/overnight.yaml --dry-run', 'What would run tonight')
    .example('$0 run experiments/overnight.yaml --until 07:00', 'Done by breakfast')
    .example('$0 run my.yaml --on-finish -- notify-send streamtune', 'Get a message at the end')
    .example(
      '$0 run --param spark.sql.shuffle.partitions=4,32 --knob source.maxOffsetsPerTrigger=2500',
      'A one-off without a file, with the data and design of quick.yaml',
    )
    .example('$0 run my.yaml --fail-if verdict=worse', 'Exit code 1 if something is worse')
    .example('$0 run my.yaml --blocks 6 --seed 7', 'The same experiment with more blocks')
    .example(
      '$0 run experiments/quick.yaml --simulate experiments/simulated/lively-night.yaml',
      'Try it without Kafka or Spark',
    );
}
