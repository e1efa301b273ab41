import type { CommandModule } from 'yargs';
import { prepareRun } from '../app/prepare-run.js';
import { runExperiment } from '../app/run-experiment.js';
import { simulateRun } from '../app/simulate-run.js';
import type { Finding } from '../model/finding.js';
import { HarnessError } from '../model/harness-error.js';
import { renderFindings } from '../report/findings-text.js';
import { renderPlan } from '../report/plan-table.js';
import { overrideOptions } from './override-options.js';
import { defineCommand } from './define-command.js';
import { print, tell, type Session } from './session.js';
import { deadlineOf } from './time-span.js';
import { watchedRun, watchOptions } from './watched-run.js';

/** `streamtune run FILE` */
export function runCommand(session: Session): CommandModule {
  return defineCommand({
    command: 'run <file>',
    describe: 'Run an experiment: from Kafka to the table and the report',
    builder: (yargs) =>
      watchOptions(overrideOptions(yargs))
        .positional('file', { type: 'string', demandOption: true, describe: 'The experiment file' })
        .option('results', {
          type: 'string',
          default: 'results',
          describe: 'The folder below which the run gets its own',
        })
        .option('dry-run', {
          type: 'boolean',
          default: false,
          describe: 'Show every trial and the forecast, start nothing',
        })
        .option('simulate', {
          type: 'string',
          describe: 'Play it in the made-up world of this file: no Kafka, no Spark, in a second',
        })
        .option('budget', {
          type: 'string',
          describe: 'End within this time, for example 8h; no block starts that would not fit',
        })
        .option('until', { type: 'string', describe: 'End by this time of day, for example 07:00' })
        .option('force', {
          type: 'boolean',
          default: false,
          describe: 'Run even if a knob looks misspelt',
        })
        .example('$0 run experiments/quick.yaml', 'Three configurations in a few minutes')
        .example('$0 run experiments/overnight.yaml --dry-run', 'What the night would do')
        .example('$0 run experiments/overnight.yaml --until 07:00', 'Over by breakfast')
        .example('$0 run my.yaml --on-finish -- notify-send streamtune', 'Hear of its end')
        .example('$0 run my.yaml --blocks 6 --seed 7', 'The same experiment with more blocks')
        .example(
          '$0 run experiments/quick.yaml --simulate experiments/simulated/lively-night.yaml',
          'Try it without Kafka and Spark',
        ),
    handler: async (given) => {
      const { host } = session;
      const prepared = await prepareRun(given.file, { host, overrides: given });
      const { findings, knobLines } = prepared;
      if (given.dryRun) {
        print(session, `${renderPlan(prepared)}\n\n${renderFindings(findings, knobLines)}`);
        return;
      }
      if (findings.length > 0) tell(session, renderFindings(findings, knobLines));
      if (!given.force) refuseMisspelt(given.file, findings);
      const deadline = deadlineOf(given, host.now());
      const { simulate } = given;
      await watchedRun(session, { ...given, baseline: prepared.experiment.baseline }, (onEvent) => {
        const options = {
          host,
          resultsRoot: given.results,
          onEvent,
          deadline,
        };
        return simulate === undefined
          ? runExperiment(prepared, options)
          : simulateRun(prepared, { ...options, modelFile: simulate });
      });
    },
  });
}

/** A misspelt knob makes a night of trials that are all the same; nobody wants that. */
function refuseMisspelt(file: string, findings: readonly Finding[]): void {
  const misspelt = findings.filter(({ rule }) => rule === 'misspelt');
  if (misspelt.length === 0) return;
  throw new HarnessError({
    code: 'EXPERIMENT_INVALID',
    message: misspelt
      .map(({ key, instead }) => `${file}: ${key} is no known knob. Did you mean ${instead ?? ''}?`)
      .join('\n  '),
    hint: 'Correct the key, or run it as it is with --force.',
  });
}
