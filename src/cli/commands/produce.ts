import type { CommandModule } from 'yargs';
import { produceCalls } from '../produce-calls.js';
import { brokerOption } from '../broker-option.js';
import { rateLine } from '../rate-line.js';
import { defineCommand } from '../define-command.js';
import type { CommandContext } from '../command-context.js';

export function produceCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'produce',
    describe: 'Send San Francisco police calls to a topic',
    builder: (yargs) =>
      brokerOption(yargs)
        .option('topic', { alias: 't', type: 'string', demandOption: true })
        .option('partitions', {
          type: 'number',
          describe: 'Partitions, if the topic has to be created (default: 1)',
        })
        .option('count', { type: 'number', describe: 'Stop after this many records' })
        .option('rate', {
          type: 'number',
          describe: 'Records per second (default: as fast as possible)',
        })
        .option('file', {
          type: 'string',
          describe: 'A JSON array or NDJSON file of the same schema',
        })
        .option('seed', { type: 'number', default: 1, describe: 'Seed of the generated calls' })
        .example(
          '$0 produce --topic police-calls --rate 100',
          'A hundred calls per second until Ctrl-C',
        )
        .example('$0 produce --topic police-calls --file calls.json', 'From your own file'),
    handler: async (given) => {
      const line = rateLine(context.host, 'Sent');
      await produceCalls(context.host, given, line.update).then(line.end, (error: unknown) => {
        line.end();
        throw error;
      });
    },
  });
}
