import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import {
  brokerStatus,
  refuseSecondBroker,
  startManualBroker,
  stopManualBroker,
} from '../../../kafka/broker/manual-broker.js';
import { exitCodes } from '../../../model/error-catalogue.js';
import type { Host } from '../../../model/host.js';
import type { ProcessIdentity } from '../../../model/process-identity.js';
import { cacheFolder } from '../../../toolchain/cache-folder.js';
import { ensureToolchain } from '../../../toolchain/ensure-toolchain.js';
import { inCache } from '../../../toolchain/integrity/cache-failure.js';
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
    actions: [upCommand(context), downCommand(context), statusCommand(context)],
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
      const directory = brokerFolder(host);
      using steps = stepTeller(context, quiet);
      const { env, signal } = host;
      await refuseSecondBroker({ directory, port, signal });
      const { kafka, java } = await ensureToolchain({ host, onStep: steps.tell });
      steps.tell('Starting Kafka');
      const options = { ...waiting(context), kafka, java, port, env };
      const broker = await inCache(cacheFolder(host), needsFolder, () =>
        startManualBroker(options),
      );
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

function downCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'down',
    describe: 'Stop the broker and remove its data',
    builder: (yargs: Argv) => yargs.example('$0 kafka down', 'Stop the broker that `up` started'),
    handler: async () => {
      const stopped = await inCache(cacheFolder(context.host), needsFolder, () =>
        stopManualBroker(waiting(context)),
      );
      tell(context, stopped ? 'Stopped.' : 'No broker is running.');
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
      const status = await brokerStatus(brokerFolder(context.host), context.host.signal);
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

const needsFolder = 'The broker needs a folder';

/** Which broker, and what to say while another streamtune starts or stops it. */
function waiting(context: CommandContext) {
  return {
    directory: brokerFolder(context.host),
    signal: context.host.signal,
    onWait: ({ pid }: ProcessIdentity) => {
      tell(
        context,
        `Another streamtune (process ${String(pid)}) is starting or stopping the broker, waiting for it`,
      );
    },
  };
}

/** The folder of that broker. */
function brokerFolder(host: Host): string {
  return join(cacheFolder(host), 'broker');
}
