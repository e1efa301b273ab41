import type { Argv, CommandModule } from 'yargs';
import { consume } from '../../../kafka/consumer.js';
import { recordLine } from '../../../kafka/record-line.js';
import { consumerGroup, messageCount } from '../../options/rules.js';
import { quietOption } from '../../options/quiet-option.js';
import { optional } from '../../options/value-rule.js';
import { brokerOption, connectionTo, topicOption } from '../../broker/broker-option.js';
import { tellNext } from '../../broker/next-step.js';
import { rangeOf, rangeOptions } from '../../broker/range-options.js';
import { rateLine } from '../../broker/rate-line.js';
import { defineCommand } from '../../define-command.js';
import { pass, type CommandContext } from '../../command-context.js';

export function consumeCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: consumeOptions,
    handler: async (given) => {
      const { topic, group, fromBeginning, maxMessages, quiet } = given;
      const { host } = context;
      const line = rateLine(host, { verb: 'Received', quiet });
      let received = 0;
      await consume({
        ...(await connectionTo(given, host)),
        until: host.out.gone,
        topic,
        fromBeginning,
        ...rangeOf(given),
        onMessage: (value, place) => {
          received += 1;
          line.update(received);
          pass(context, recordLine(value, place, given.json));
        },
        ...(group === undefined ? {} : { groupId: group }),
        ...(maxMessages === undefined ? {} : { maxMessages }),
      }).then(line.end, (error: unknown) => {
        line.end();
        throw error;
      });
      if (quiet || host.out.gone.aborted) return;
      tellNext(context, given, `topic describe ${topic}`);
    },
  });
}

function consumeOptions(yargs: Argv) {
  return rangeOptions(quietOption(brokerOption(yargs)))
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
    .example('$0 consume --topic my-topic --from-beginning --max-messages 3', 'A first look')
    .example('$0 consume --topic my-topic --until-end --json', 'All that is there, as JSON');
}
