import type { CommandModule } from 'yargs';
import { ensureArchive } from '../../run/archive/make-archive.js';
import { ensureToolchain } from '../../toolchain/ensure-toolchain.js';
import { defineCommand } from '../define-command.js';
import { quietOption, stepTeller } from '../options/quiet-option.js';
import { sparkVersionOption } from '../override-options.js';
import { print, tell, type CommandContext } from '../command-context.js';

export function setupCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: (yargs) =>
      quietOption(yargs)
        .option('spark-version', sparkVersionOption('An exact version, such as 3.5.7'))
        .option('json', {
          type: 'boolean',
          default: false,
          describe: 'Print what was found as JSON',
        })
        .option('class-archive', {
          type: 'boolean',
          default: true,
          describe: 'Make the class archive as well, with which trials start faster',
        })
        .example('$0 setup', 'Install into the cache; running it again does nothing')
        .example('$0 setup --spark-version 3.5.7', 'Install another Spark next to the first'),
    handler: async ({ sparkVersion, json, quiet, classArchive }) => {
      const { host } = context;
      using steps = stepTeller(context, quiet);
      const toolchain = await ensureToolchain({
        ...{ host, onStep: steps.tell },
        ...(sparkVersion === undefined ? {} : { sparkVersion }),
      });
      if (classArchive) await ensureArchive(toolchain, { host, step: steps.tell });
      steps.end();
      if (json) {
        print(context, JSON.stringify(toolchain, null, 2));
        return;
      }
      const { spark, java, python, kafka } = toolchain;
      for (const note of toolchain.notes) tell(context, note);
      tell(
        context,
        `Ready: Spark ${spark.version} (${spark.source}), Java ${java.version} (${java.source}), Python ${python.version}, Kafka ${kafka.version}.`,
      );
    },
  });
}
