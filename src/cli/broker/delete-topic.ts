import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { deleteTopic, recordsIn } from '../../kafka/topics.js';
import { HarnessError } from '../../model/harness-error.js';
import { count } from '../../report/words/wording.js';
import { topicOwner } from '../../run/topic-owner.js';
import { brokerOption, connectionTo } from '../broker-option.js';
import { tell, type CommandContext } from '../command-context.js';
import { topicName } from '../options/rules.js';
import { argument } from '../options/value-rule.js';
import { defineCommand } from '../define-command.js';

/** `streamtune topic delete NAME`: it asks nothing, but refuses topics that Kafka or a live run needs. */
export function deleteCommand(context: CommandContext): CommandModule {
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
        .example('$0 topic delete police-calls', 'On localhost:9092'),
    handler: async ({ name, bootstrapServers, results, force }) => {
      const { host } = context;
      if (!force) await refuseOwned(name, resolve(host.cwd, results));
      const deleted = await deleteTopic(connectionTo(bootstrapServers, host), name);
      const { partitions } = deleted;
      tell(
        context,
        `Deleted ${name} at ${bootstrapServers}: ${count(recordsIn(deleted))} records in ${count(partitions.length)} ${partitions.length === 1 ? 'partition' : 'partitions'}.`,
      );
    },
  });
}

async function refuseOwned(name: string, results: string): Promise<void> {
  const owner = await topicOwner(name, results);
  if (owner?.isLive === true) {
    throw new HarnessError({
      code: 'RUN_IN_USE',
      message: `Topic ${name} is used by the run in ${owner.folder}, which is going on.`,
      hint: `See how far it is: streamtune status ${owner.folder}. To delete the topic anyway: --force`,
    });
  }
  if (owner !== undefined || !name.startsWith('streamtune-')) return;
  throw new HarnessError({
    code: 'RUN_IN_USE',
    message: `Topic ${name} was made by a run that is not in ${results}, so nobody can tell whether it is going on.`,
    hint: 'Say where its folder is with --results; or, if no run needs the topic, delete it with --force.',
  });
}
