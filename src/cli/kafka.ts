import type { Argv, CommandModule } from 'yargs';
import { brokerStatus, startHandBroker, stopHandBroker } from '../app/hand-broker.js';
import { exitCodes } from '../model/error-catalogue.js';
import { defineCommand } from './define-command.js';
import { print, tell, type Session } from './session.js';

/** `streamtune kafka up|down|status`: the embedded broker, for use by hand. */
export function kafkaCommand(session: Session): CommandModule {
  return defineCommand({
    command: 'kafka <action>',
    describe: 'A Kafka broker for use by hand: up, down, status',
    builder: (yargs) =>
      yargs
        .command(upCommand(session))
        .command(downCommand(session))
        .command(statusCommand(session))
        .demandCommand(1, 'up, down or status?')
        .example('$0 kafka up', 'Start a broker on localhost:9092 and leave it running'),
    handler: () => undefined,
  });
}

function upCommand(session: Session): CommandModule {
  return defineCommand({
    command: 'up',
    describe: 'Start a broker and leave it running',
    builder: (yargs) =>
      yargs
        .option('port', { type: 'number', default: 9092, describe: 'The port on 127.0.0.1' })
        .example('$0 kafka up --port 19092', 'On another port'),
    handler: async ({ port }) => {
      const broker = await startHandBroker(session.host, port, (text) => {
        tell(session, text);
      });
      print(session, broker.bootstrapServers);
      tell(session, `Its log: ${broker.logFile}. Stop it with: streamtune kafka down`);
    },
  });
}

function downCommand(session: Session): CommandModule {
  return defineCommand({
    command: 'down',
    describe: 'Stop the broker and remove its data',
    builder: (yargs: Argv) => yargs.example('$0 kafka down', 'Stop the broker that `up` started'),
    handler: async () => {
      const stopped = await stopHandBroker(session.host);
      tell(session, stopped ? 'Stopped.' : 'No broker is running.');
    },
  });
}

function statusCommand(session: Session): CommandModule {
  return defineCommand({
    command: 'status',
    describe: 'Say whether the broker runs and answers (exit code 3 if not)',
    builder: (yargs) =>
      yargs
        .option('json', { type: 'boolean', default: false, describe: 'Print it as JSON' })
        .example('$0 kafka status', 'Its address and topics'),
    handler: async ({ json }) => {
      const status = await brokerStatus(session.host);
      if (json) print(session, JSON.stringify(status, null, 2));
      else if (status.running) {
        print(
          session,
          `running at ${status.bootstrapServers}, topics: ${status.topics.join(', ')}`,
        );
      } else print(session, 'not running');
      if (!status.running) session.exitCode = exitCodes.environment;
    },
  });
}
