import type { CommandModule } from 'yargs';
import { generateJob } from '../generate-job.js';
import { projectPath } from '../../process/project-paths.js';
import { defineCommand } from '../define-command.js';
import { tell, type CommandContext } from '../command-context.js';

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
        .option('bootstrap-servers', { type: 'string', default: 'localhost:9092' })
        .option('topic', { type: 'string', describe: 'The topic, overrides topic.name' })
        .example(
          '$0 generate experiments/quick.yaml --config c2 > data_stream.py',
          'The job, ready for spark-submit',
        ),
    handler: async ({ file, config, bootstrapServers, topic }) => {
      const generated = await generateJob(file, {
        host: context.host,
        configurationId: config,
        bootstrapServers,
        ...(topic === undefined ? {} : { topic }),
      });
      context.host.out.write(generated.source);
      if (generated.needsRadioCodes) {
        const codes = projectPath('data/radio_code.json');
        tell(context, `It reads radio_code.json from the folder that it runs in: cp ${codes} .`);
      }
      tell(context, `Submit it with:\n${generated.submitLine}`);
    },
  });
}
