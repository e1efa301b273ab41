import type { Argv, CommandModule } from 'yargs';
import { generateJob } from '../generate-job.js';
import { projectPath } from '../../process/project-paths.js';
import { experimentOptions, givenExperiment } from '../experiment/given-experiment.js';
import { defineCommand } from '../define-command.js';
import { bootstrapServers, topicName } from '../options/rules.js';
import { optional, required } from '../options/value-rule.js';
import { pass, print, tell, type CommandContext } from '../command-context.js';

export function generateCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: generateOptions,
    handler: async (given) => {
      const { config, bootstrapServers: servers, topic } = given;
      const { file, ...text } = givenExperiment(given, {
        command: 'generate',
        host: context.host,
      });
      const generated = await generateJob(file, {
        host: context.host,
        configurationId: config,
        bootstrapServers: servers,
        ...text,
        ...(topic === undefined ? {} : { topic }),
      });
      if (given.json) {
        print(context, JSON.stringify({ configuration: config, ...generated }, null, 2));
        return;
      }
      pass(context, generated.source);
      if (generated.needsRadioCodes) {
        const codes = projectPath('data/radio_code.json');
        tell(context, `It reads radio_code.json from the folder that it runs in: cp ${codes} .`);
      }
      tell(context, `Submit it with:\n${generated.submitLine}`);
    },
  });
}

function generateOptions(yargs: Argv) {
  return experimentOptions(yargs)
    .option('config', {
      type: 'string',
      default: 'baseline',
      describe: 'The configuration: baseline, c1, c2, ... as listed by `plan`',
    })
    .option(
      'bootstrap-servers',
      required('--bootstrap-servers', bootstrapServers, { default: 'localhost:9092' }),
    )
    .option(
      'topic',
      optional('--topic', topicName, { describe: 'The topic, overrides topic.name' }),
    )
    .option('json', {
      type: 'boolean',
      default: false,
      describe: 'Print the job and the line that submits it as JSON',
    })
    .example(
      '$0 generate experiments/quick.yaml --config c1 > data_stream.py',
      'The job, ready for spark-submit',
    );
}
