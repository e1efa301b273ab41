import type { CommandModule } from 'yargs';
import { prepareRun } from '../app/prepare-run.js';
import { runExperiment } from '../app/run-experiment.js';
import { exitCodes } from '../model/error-catalogue.js';
import { renderPlan } from '../report/plan-table.js';
import { renderTerminal } from '../report/terminal-table.js';
import { overrideOptions } from './override-options.js';
import { liveDisplay } from './live-display.js';
import { defineCommand } from './define-command.js';
import { print, tell, type Session } from './session.js';

/** `streamtune run FILE` */
export function runCommand(session: Session): CommandModule {
  return defineCommand({
    command: 'run <file>',
    describe: 'Run an experiment: from Kafka to the table and the report',
    builder: (yargs) =>
      overrideOptions(yargs)
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
        .example('$0 run experiments/quick.yaml', 'Three configurations in a few minutes')
        .example('$0 run experiments/overnight.yaml --dry-run', 'What the night would do')
        .example('$0 run my.yaml --blocks 6 --seed 7', 'The same experiment with more blocks'),
    handler: async (given) => {
      const { host } = session;
      const prepared = await prepareRun(given.file, { host, overrides: given });
      if (given.dryRun) {
        print(session, renderPlan(prepared));
        return;
      }
      const { model, folder } = await runExperiment(prepared, {
        host,
        resultsRoot: given.results,
        onEvent: liveDisplay(host.err, prepared.experiment.baseline),
      });
      print(session, renderTerminal(model));
      tell(session, `Report: ${folder}/report.md   Answers: ${folder}/answers.md`);
      if (model.run.trials.some((record) => record.outcome.kind !== 'succeeded')) {
        session.exitCode = exitCodes.failedTrials;
      }
    },
  });
}
