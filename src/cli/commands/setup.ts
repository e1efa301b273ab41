import type { CommandModule } from 'yargs';
import { ensureArchive, type MakeOptions } from '../../run/archive/make-archive.js';
import { ensureBrokerArchive } from '../../run/archive/make-broker-archive.js';
import { ensureToolchains } from '../../toolchain/ensure-toolchain.js';
import { defineCommand } from '../define-command.js';
import { quietOption, stepTeller } from '../options/quiet-option.js';
import type { Toolchain } from '../../model/toolchain.js';
import { wantedSparks } from '../experiment/wanted-sparks.js';
import { sparkVersionOption } from '../override-options.js';
import { print, tell, type CommandContext } from '../command-context.js';

export function setupCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: (yargs) =>
      quietOption(yargs)
        .positional('file', {
          type: 'string',
          describe: 'An experiment file: set up each Spark that it asks for',
        })
        .option('spark-version', sparkVersionOption('An exact version, such as 3.5.7'))
        .option('json', {
          type: 'boolean',
          default: false,
          describe: 'Print what was found as JSON',
        })
        .option('class-archive', {
          type: 'boolean',
          default: true,
          describe:
            'Make the archives of classes as well, with which brokers and trials start faster',
        })
        .example('$0 setup', 'Install into the cache; running it again does nothing')
        .example('$0 setup --spark-version 3.5.7', 'Install another Spark next to the first')
        .example('$0 setup experiments/spark-versions.yaml', 'Each Spark of an experiment'),
    handler: async ({ file, sparkVersion, json, quiet, classArchive }) => {
      const { host } = context;
      const sparks = await wantedSparks(file, { host, sparkVersion });
      using steps = stepTeller(context, quiet);
      const toolchains = await ensureToolchains({ host, sparks, onStep: steps.tell });
      if (classArchive) await makeArchives(toolchains, { host, step: steps.tell });
      steps.end();
      if (json) {
        print(context, JSON.stringify(file === undefined ? toolchains[0] : toolchains, null, 2));
        return;
      }
      for (const toolchain of toolchains) tellReady(toolchain, context);
    },
  });
}

/** Of the broker, which is the same for all, and of each Spark. */
async function makeArchives(toolchains: readonly Toolchain[], options: MakeOptions): Promise<void> {
  const [first] = toolchains;
  if (first !== undefined) await ensureBrokerArchive(first, options);
  for (const toolchain of toolchains) await ensureArchive(toolchain, options);
}

function tellReady(
  { spark, java, python, kafka, notes }: Toolchain,
  context: CommandContext,
): void {
  for (const note of notes) tell(context, note);
  tell(
    context,
    `Ready: Spark ${spark.version} (${spark.source}), Java ${java.version} (${java.source}), Python ${python.version}, Kafka ${kafka.version}.`,
  );
}
