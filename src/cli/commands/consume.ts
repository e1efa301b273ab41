import type { CommandModule } from 'yargs';
import { consume } from '../../kafka/consumer.js';
import { brokerOption, connectionTo } from '../broker-option.js';
import { rateLine } from '../rate-line.js';
import { defineCommand } from '../define-command.js';
import type { CommandContext } from '../command-context.js';

export function consumeCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'consume',
    describe: 'Print the records of a topic, one per line',
    builder: (yargs) =>
      brokerOption(yargs)
        .option('topic', { alias: 't', type: 'string', demandOption: true })
        .option('group', { type: 'string', describe: 'Consumer group (default: a new one)' })
        .option('from-beginning', { type: 'boolean', default: false })
        .option('max-messages', { type: 'number', describe: 'Stop after this many records' })
        .example(
          '$0 consume --topic police-calls --from-beginning --max-messages 3',
          'A first look',
        ),
    handler: async ({ bootstrapServers, topic, group, fromBeginning, maxMessages }) => {
      const { host } = context;
      const line = rateLine(host, 'Received');
      let received = 0;
      await consume({
        ...connectionTo(bootstrapServers, host),
        until: host.out.gone,
        topic,
        fromBeginning,
        onMessage: (value) => {
          received += 1;
          line.update(received);
          host.out.write(`${value.toString('utf8')}\n`);
        },
        ...(group === undefined ? {} : { groupId: group }),
        ...(maxMessages === undefined ? {} : { maxMessages }),
      }).then(line.end, (error: unknown) => {
        line.end();
        throw error;
      });
    },
  });
}
