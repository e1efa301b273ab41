import type { Argv, CommandModule } from 'yargs';
import { produceRecords } from '../../broker/produce-records.js';
import { quietOption } from '../../options/quiet-option.js';
import { dataSeed, partitions, rate, recordCount } from '../../options/rules.js';
import { optional, required } from '../../options/value-rule.js';
import { brokerOption, topicOption } from '../../broker/broker-option.js';
import { rateLine } from '../../broker/rate-line.js';
import { tellNext } from '../../broker/next-step.js';
import { defineCommand } from '../../define-command.js';
import type { CommandContext } from '../../command-context.js';

export function produceCommand(context: CommandContext): CommandModule {
  return defineCommand({
    builder: produceOptions,
    handler: async (given) => {
      const line = rateLine(context.host, { verb: 'Sent', quiet: given.quiet });
      await produceRecords(context.host, given, line.update).then(line.end, (error: unknown) => {
        line.end();
        throw error;
      });
      if (given.quiet) return;
      tellNext(context, given, `consume --topic ${given.topic} --from-beginning --max-messages 3`);
    },
  });
}

function produceOptions(yargs: Argv) {
  return examples(
    quietOption(brokerOption(yargs))
      .option('topic', topicOption)
      .option(
        'partitions',
        optional('--partitions', partitions, {
          describe: 'Partitions, if the topic has to be created (default: 1)',
        }),
      )
      .option('count', optional('--count', recordCount, { describe: 'Send this many records' }))
      .option(
        'rate',
        optional('--rate', rate, {
          describe: 'Records per second; without --count or --file, until Ctrl-C',
        }),
      )
      .option(
        'event-rate',
        optional('--event-rate', rate, {
          describe: 'Generated records per second of event time, however fast they are sent',
        }),
      )
      .option('file', {
        type: 'string',
        describe: 'A JSON array or NDJSON file of records like the generated ones',
      })
      .option('as-is', {
        type: 'boolean',
        default: false,
        describe: 'Send each line or element of --file as it is, whatever it holds',
      })
      .option(
        'seed',
        required('--seed', dataSeed, { default: 1, describe: 'Seed of the generated records' }),
      ),
  );
}

function examples<T>(yargs: Argv<T>): Argv<T> {
  return yargs
    .example('$0 produce --topic my-topic --rate 100', 'A hundred records per second until Ctrl-C')
    .example(
      '$0 produce --topic my-topic --count 360000 --event-rate 100',
      'An hour of a hundred records per second, at once',
    )
    .example('$0 produce --topic my-topic --file mine.ndjson --as-is', 'From your own file');
}
