import type { CommandModule } from 'yargs';
import { generateJob } from '../generate-job.js';
import { projectPath } from '../../process/project-paths.js';
import { defineCommand } from '../define-command.js';
import { bootstrapServers, topicName } from '../options/rules.js';
import { optional, required } from '../options/value-rule.js';
import { pass, tell, type CommandContext } from '../command-context.js';

export function generateCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'generate <file>',
    describe: 'Print a stand-alone data_stream.py for one configuration',
    builder: (yargs) =>
      yargs
        .positional('file', { type: 'string', demandOption: true, describe: 'The experiment file' })
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
        .example(
          '$0 generate experiments/quick.yaml --config c1 > data_stream.py',
          'The job, ready for spark-submit',
        ),
    handler: async ({ file, config, bootstrapServers: servers, topic }) => {
      const generated = await generateJob(file, {
        host: context.host,
        configurationId: config,
        bootstrapServers: servers,
        ...(topic === undefined ? {} : { topic }),
      });
      pass(context, generated.source);
      if (generated.needsRadioCodes) {
        const codes = projectPath('data/radio_code.json');
        tell(context, `It reads radio_code.json from the folder that it runs in: cp ${codes} .`);
      }
      tell(context, `Submit it with:\n${generated.submitLine}`);
    },
  });
}
