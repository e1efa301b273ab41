import type { CommandModule } from 'yargs';
import { ensureToolchain } from '../toolchain/ensure-toolchain.js';
import { defineCommand } from './define-command.js';
import { print, tell, type CommandContext } from './command-context.js';

/** `streamtune setup` */
export function setupCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'setup',
    describe: 'Install what is missing: Spark, the Kafka connector and a broker',
    builder: (yargs) =>
      yargs
        .option('spark-version', {
          type: 'string',
          describe: 'An exact version, for example 3.5.7',
        })
        .option('json', {
          type: 'boolean',
          default: false,
          describe: 'Print what was found as JSON',
        })
        .example('$0 setup', 'Install into the cache; the second time nothing is left to do')
        .example('$0 setup --spark-version 3.5.7', 'Prepare another Spark beside the first'),
    handler: async ({ sparkVersion, json }) => {
      const toolchain = await ensureToolchain({
        host: context.host,
        onStep: (text) => {
          tell(context, text);
        },
        ...(sparkVersion === undefined ? {} : { sparkVersion }),
      });
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
