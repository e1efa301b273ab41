import type { Argv, CommandModule } from 'yargs';
import { exitCodes } from '../../model/error-catalogue.js';
import { hasErrors } from '../../model/finding.js';
import { planClusters, withClusterFindings } from '../../run/findings/plan-clusters.js';
import { prepareRun } from '../../run/prepare-run.js';
import { budgetOf } from '../../design/budget.js';
import { renderFindings } from '../../report/words/findings-text.js';
import { wrapText } from '../../report/terminal/wrap-text.js';
import { renderBudget, renderPlan, renderTrials } from '../../report/plan-table.js';
import { surveyLines } from '../broker/cluster-lines.js';
import { span } from '../options/rules.js';
import { optional } from '../options/value-rule.js';
import { experimentOptions, givenExperiment } from '../experiment/given-experiment.js';
import { overrideOptions } from '../override-options.js';
import { defineCommand } from '../define-command.js';
import { print, type CommandContext } from '../command-context.js';
import { parseSpan } from '../time-span.js';

export function planCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: planOptions,
    handler: async (given) => {
      const { host } = context;
      const { file, ...text } = givenExperiment(given, { command: 'plan', host });
      const prepared = await prepareRun(file, { host, overrides: given, ...text });
      const clusters = await planClusters(prepared, host);
      const findings = withClusterFindings(prepared.findings, clusters, prepared.text);
      const { plan, forecast, data } = prepared;
      const budget =
        given.budget === undefined
          ? undefined
          : budgetOf(prepared, parseSpan(given.budget, '--budget') / 1_000);
      print(
        context,
        given.json
          ? asJson({
              ...{ plan, forecast, data, findings },
              ...(clusters.length === 0 ? {} : { clusters }),
              ...(budget === undefined ? {} : { budget }),
            })
          : [
              renderPlan(prepared, host.out.columns),
              ...(given.trials ? [renderTrials(prepared, host.out.columns)] : []),
              ...clusters
                .flatMap(surveyLines)
                .flatMap((line) => wrapText(line, host.out.columns, '  ')),
              ...(budget === undefined ? [] : [renderBudget(budget)]),
              `\n${renderFindings(findings, { notes: 'counted' })}`,
            ].join('\n'),
      );
      if (hasErrors(findings)) context.exitCode = exitCodes.usage;
    },
  });
}

function planOptions(yargs: Argv) {
  return overrideOptions(experimentOptions(yargs))
    .option(
      'budget',
      optional('--budget', span, {
        describe: 'Say how many blocks fit in this time, such as 8h, and what they can detect',
      }),
    )
    .option('trials', {
      type: 'boolean',
      default: false,
      describe: 'List every trial, in the order in which they run',
    })
    .option('json', { type: 'boolean', default: false, describe: 'Print the plan as JSON' })
    .example('$0 plan experiments/overnight.yaml', 'What will run tonight, and for how long')
    .example('$0 plan experiments/overnight.yaml --budget 8h', 'How much of it fits in 8 hours');
}

function asJson(value: object): string {
  return JSON.stringify(value, null, 2);
}
