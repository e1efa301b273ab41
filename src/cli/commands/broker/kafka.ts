import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { findBrokerArchive } from '../../../execution/find-broker-archive.js';
import {
  brokerStatus,
  refuseSecondBroker,
  startManualBroker,
  stopManualBroker,
} from '../../../kafka/broker/manual-broker.js';
import { exitCodes } from '../../../model/error-catalogue.js';
import { cacheFolder } from '../../../toolchain/cache-folder.js';
import { ensureToolchain } from '../../../toolchain/ensure-toolchain.js';
import {
  downCommand,
  inItsFolder,
  waitingFor,
  type LeftRunning,
} from '../../broker/left-running.js';
import { tellNext } from '../../broker/next-step.js';
import { defineCommand, defineGroup } from '../../define-command.js';
import { quietOption, stepTeller } from '../../options/quiet-option.js';
import { port as portRule } from '../../options/rules.js';
import { required } from '../../options/value-rule.js';
import { print, tell, type CommandContext } from '../../command-context.js';

/** `streamtune kafka up|down|status`: the embedded broker, for use by hand */
export function kafkaCommand(context: CommandContext): CommandModule {
  return defineGroup({
    name: 'kafka',
    actions: [
      upCommand(context),
      downCommand(context, {
        left: () => ownBroker(context),
        describe: 'Stop the broker and remove its data',
        example: ['$0 kafka down', 'Stop the broker that `up` started'],
        stop: stopManualBroker,
      }),
      statusCommand(context),
    ],
    example: ['$0 kafka up', 'Start a broker on localhost:9092 and leave it running'],
  });
}

function upCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'up',
    describe: 'Start a broker and leave it running',
    builder: (yargs) =>
      quietOption(yargs)
        .option(
          'port',
          required('--port', portRule, { default: 9092, describe: 'The port on 127.0.0.1' }),
        )
        .option('json', { type: 'boolean', default: false, describe: 'Print it as JSON' })
        .example('$0 kafka up --port 19092', 'On another port'),
    handler: async ({ port, quiet, json }) => {
      const { host } = context;
      const own = ownBroker(context);
      const { directory } = own;
      using steps = stepTeller(context, quiet);
      const { env, signal } = host;
      await refuseSecondBroker({ directory, port, signal });
      const { kafka, java } = await ensureToolchain({ host, onStep: steps.tell });
      steps.tell('Starting Kafka');
      const archive = await findBrokerArchive({ kafka, java }, host);
      const options = { ...waitingFor(context, own), kafka, java, port, env, archive };
      const broker = await inItsFolder(context, own, () => startManualBroker(options));
      steps.end();
      const { bootstrapServers, logFile } = broker;
      print(
        context,
        json ? JSON.stringify({ bootstrapServers, logFile }, null, 2) : bootstrapServers,
      );
      tell(context, `Log: ${broker.logFile}. Stop it with: streamtune kafka down`);
      if (!quiet) tellNext(context, broker, 'topic create my-topic --partitions 4');
    },
  });
}

function statusCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'status',
    describe: 'Check whether the broker is up (exit code 3 if not)',
    builder: (yargs) =>
      yargs
        .option('json', { type: 'boolean', default: false, describe: 'Print it as JSON' })
        .example('$0 kafka status', 'Its address and topics'),
    handler: async ({ json }) => {
      const status = await brokerStatus(ownBroker(context).directory, context.host.signal);
      if (json) print(context, JSON.stringify(status, null, 2));
      else if (status.running) {
        print(
          context,
          `running at ${status.bootstrapServers}, topics: ${status.topics.join(', ')}`,
        );
      } else print(context, 'not running');
      if (!status.running) context.exitCode = exitCodes.environment;
    },
  });
}

function ownBroker({ host }: CommandContext): LeftRunning {
  return { what: 'broker', directory: join(cacheFolder(host), 'broker') };
}
