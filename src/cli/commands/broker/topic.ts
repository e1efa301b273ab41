import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import {
  createTopic,
  deleteTopic,
  describeTopic,
  listTopics,
  recordsIn,
} from '../../../kafka/topics.js';
import { count, plural } from '../../../report/words/wording.js';
import { refuseOwnedTopic } from '../../../run/stored/topic-owner.js';
import { brokerOption, connectionTo } from '../../broker/broker-option.js';
import { tellNext } from '../../broker/next-step.js';
import { defineCommand, defineGroup } from '../../define-command.js';
import { partitions as partitionsRule, topicName } from '../../options/rules.js';
import { argument, required } from '../../options/value-rule.js';
import { print, tell, type CommandContext } from '../../command-context.js';

export function topicCommand(context: CommandContext): CommandModule {
  return defineGroup({
    name: 'topic',
    actions: [
      createCommand(context),
      listCommand(context),
      describeCommand(context),
      deleteCommand(context),
    ],
    example: ['$0 topic create my-topic --partitions 4', 'On localhost:9092'],
  });
}

function createCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'create <name>',
    describe: 'Create a topic',
    builder: (yargs) =>
      brokerOption(yargs)
        .positional('name', argument('<name>', topicName))
        .option(
          'partitions',
          required('--partitions', partitionsRule, {
            default: 1,
            describe: 'Number of partitions',
          }),
        )
        .example('$0 topic create my-topic --partitions 4', 'On localhost:9092'),
    handler: async ({ name, partitions, ...broker }) => {
      await createTopic(await connectionTo(broker, context.host), { name, partitions });
      tell(context, `Created ${name} with ${plural(partitions, 'partition')}.`);
      tellNext(context, broker, `produce --topic ${name} --count 10000`);
    },
  });
}

function listCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'list',
    describe: 'List the topics',
    builder: (yargs) =>
      brokerOption(yargs)
        .option('json', { type: 'boolean', default: false })
        .example('$0 topic list', 'One name per line'),
    handler: async ({ json, ...broker }) => {
      const names = await listTopics(await connectionTo(broker, context.host));
      if (json) print(context, JSON.stringify(names));
      else for (const name of names) print(context, name);
    },
  });
}

function describeCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'describe <name>',
    describe: 'Show the partitions of a topic with their first and next offsets',
    builder: (yargs) =>
      brokerOption(yargs)
        .positional('name', argument('<name>', topicName))
        .option('json', { type: 'boolean', default: false })
        .example('$0 topic describe my-topic', 'Partitions, offsets, records'),
    handler: async ({ name, json, ...broker }) => {
      const topic = await describeTopic(await connectionTo(broker, context.host), name);
      if (json) {
        print(context, JSON.stringify(topic, null, 2));
        return;
      }
      for (const { partition, earliest, latest } of topic.partitions) {
        print(context, `${String(partition)}\t${String(earliest)}\t${String(latest)}`);
      }
    },
  });
}

/** `streamtune topic delete NAME`: it asks nothing, but refuses topics that Kafka or a live run needs. */
function deleteCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'delete <name>',
    describe: 'Delete a topic with all its records, unless a run that is going on needs it',
    builder: (yargs) =>
      brokerOption(yargs)
        .positional('name', argument('<name>', topicName))
        .option('results', {
          type: 'string',
          default: 'results',
          describe: 'The folder of the runs that are asked whether they need the topic',
        })
        .option('force', {
          type: 'boolean',
          default: false,
          describe: 'Delete it even if it belongs to a run that is going on, or to an unknown one',
        })
        .example('$0 topic delete my-topic', 'On localhost:9092'),
    handler: async ({ name, results, force, ...broker }) => {
      const { host } = context;
      if (!force) await refuseOwnedTopic(name, resolve(host.cwd, results));
      const deleted = await deleteTopic(await connectionTo(broker, host), name);
      const { partitions } = deleted;
      tell(
        context,
        `Deleted ${name} at ${broker.bootstrapServers}: ${count(recordsIn(deleted))} records in ${plural(partitions.length, 'partition')}.`,
      );
    },
  });
}
