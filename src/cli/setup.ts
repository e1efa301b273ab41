import type { CommandModule } from 'yargs';
import { setUp } from '../app/set-up.js';
import { defineCommand } from './define-command.js';
import { print, tell, type Session } from './session.js';

/** `streamtune setup` */
export function setupCommand(session: Session): CommandModule {
  return defineCommand({
    command: 'setup',
    describe: 'Install what is missing: Spark, the Kafka connector and a broker',
    builder: (yargs) =>
      yargs
        .option('spark-version', {
          type: 'string',
          describe: 'An exact version, for example 3.5.7',
        })
        .option('json', {
          type: 'boolean',
          default: false,
          describe: 'Print what was found as JSON',
        })
        .example('$0 setup', 'Install into the cache; the second time nothing is left to do')
        .example('$0 setup --spark-version 3.5.7', 'Prepare another Spark beside the first'),
    handler: async ({ sparkVersion, json }) => {
      const toolchain = await setUp(session.host, sparkVersion, (text) => {
        tell(session, text);
      });
      if (json) {
        print(session, JSON.stringify(toolchain, null, 2));
        return;
      }
      const { spark, java, python, kafka } = toolchain;
      for (const note of toolchain.notes) tell(session, note);
      tell(
        session,
        `Ready: Spark ${spark.version} (${spark.source}), Java ${java.version} (${java.source}), Python ${python.version}, Kafka ${kafka.version}.`,
      );
    },
  });
}
