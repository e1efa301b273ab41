import type { CommandModule } from 'yargs';
import { resumeRun } from '../../../run/resume-run.js';
import { defineCommand } from '../../define-command.js';
import { clockTime, span } from '../../options/rules.js';
import { optional } from '../../options/value-rule.js';
import { resultWishes } from '../../results/result-options.js';
import { runArgument, runFolderOf } from '../../run-argument.js';
import type { CommandContext } from '../../command-context.js';
import { deadlineOf } from '../../time-span.js';
import { watchedRun, watchOptions } from '../../watched-run.js';

export function resumeCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: (yargs) =>
      watchOptions(runArgument(yargs))
        .option(
          'budget',
          optional('--budget', span, { describe: 'Finish within this time, such as 8h' }),
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
          describe: 'Resume even if Spark, the job, the data or the machine has changed',
        })
        .example('$0 resume results/2026-01-31T20-00-00-overnight', 'Picks up where it stopped')
        .example('$0 resume latest', 'The same for the newest run'),
    handler: async (given) => {
      const { host } = context;
      const wishes = await resultWishes(given, host);
      const folder = await runFolderOf(given, host);
      const deadline = deadlineOf(given, host.now());
      await watchedRun(context, { ...given, baseline: {}, wishes }, (observer) =>
        resumeRun(folder, { host, force: given.force, observer, deadline }),
      );
    },
  });
}
