import type { Argv, CommandModule } from 'yargs';
import { consume } from '../../kafka/consumer.js';
import { consumerGroup, messageCount } from '../options/rules.js';
import { quietOption } from '../options/quiet-option.js';
import { optional } from '../options/value-rule.js';
import { brokerOption, connectionTo, topicOption } from '../broker-option.js';
import { rateLine } from '../rate-line.js';
import { defineCommand } from '../define-command.js';
import { pass, type CommandContext } from '../command-context.js';

export function consumeCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'consume',
    describe: 'Print the records of a topic, one per line',
    builder: consumeOptions,
    handler: async ({ bootstrapServers, topic, group, fromBeginning, maxMessages, quiet }) => {
      const { host } = context;
      const line = rateLine(host, { verb: 'Received', quiet });
      let received = 0;
      await consume({
        ...connectionTo(bootstrapServers, host),
        until: host.out.gone,
        topic,
        fromBeginning,
        onMessage: (value) => {
          received += 1;
          line.update(received);
          pass(context, `${value.toString('utf8')}\n`);
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

function consumeOptions(yargs: Argv) {
  return quietOption(brokerOption(yargs))
    .option('topic', topicOption)
    .option(
      'group',
      optional('--group', consumerGroup, { describe: 'Consumer group (default: a new one)' }),
    )
    .option('from-beginning', { type: 'boolean', default: false })
    .option(
      'max-messages',
      optional('--max-messages', messageCount, { describe: 'Stop after this many records' }),
    )
    .example('$0 consume --topic police-calls --from-beginning --max-messages 3', 'A first look');
}
