import type { Argv, CommandModule } from 'yargs';
import {
  clusterStatus,
  refuseSecondCluster,
  startManualCluster,
  stopManualCluster,
} from '../../../cluster/manual-cluster.js';
import { coresFor } from '../../../cluster/start-cluster.js';
import { exitCodes } from '../../../model/error-catalogue.js';
import { cacheFolder } from '../../../toolchain/cache-folder.js';
import { clusterFolder } from '../../../toolchain/cache-layout.js';
import { ensureToolchain } from '../../../toolchain/ensure-toolchain.js';
import { clusterLines } from '../../broker/cluster-lines.js';
import {
  downCommand,
  inItsFolder,
  waitingFor,
  type LeftRunning,
} from '../../broker/left-running.js';
import { defineCommand, defineGroup } from '../../define-command.js';
import { quietOption, stepTeller } from '../../options/quiet-option.js';
import * as rules from '../../options/rules.js';
import { optional, required } from '../../options/value-rule.js';
import { print, tell, type CommandContext } from '../../command-context.js';

/** `streamtune cluster up|down|status`: a standalone Spark cluster on this machine, for use by hand */
export function clusterCommand(context: CommandContext): CommandModule {
  return defineGroup({
    name: 'cluster',
    actions: [
      upCommand(context),
      downCommand(context, {
        left: () => ownCluster(context),
        describe: 'Stop the master, its workers and their executors, and remove what they left',
        example: ['$0 cluster down', 'Stop the cluster that `up` started'],
        stop: stopManualCluster,
      }),
      statusCommand(context),
    ],
    example: ['$0 cluster up', 'Start a master and two workers, and leave them running'],
  });
}

function upCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'up',
    describe: 'Start a master and its workers, and leave them running',
    builder: (yargs) =>
      placeOptions(sizeOptions(quietOption(yargs)))
        .option('json', { type: 'boolean', default: false, describe: 'Print it as JSON' })
        .example('$0 cluster up --workers 1 --cores 2 --memory 4g', 'One larger worker'),
    handler: async ({ workers, cores = coresFor(workers), memory, port, spark, quiet, json }) => {
      const { host } = context;
      const own = ownCluster(context);
      const { directory } = own;
      using steps = stepTeller(context, quiet);
      await refuseSecondCluster(directory);
      const toolchain = await ensureToolchain({
        host,
        onStep: steps.tell,
        ...(spark === undefined ? {} : { sparkVersion: spark }),
      });
      steps.tell(`Starting a master and ${String(workers)} workers`);
      const size = { cores, memory };
      const places = { ...waitingFor(context, own), env: host.env };
      const options = { ...places, toolchain, port, workers, size };
      const cluster = await inItsFolder(context, own, () => startManualCluster(options));
      steps.end();
      const { master, webUi } = cluster;
      print(context, json ? JSON.stringify({ master, webUi }, null, 2) : master);
      tell(
        context,
        `Its page: ${webUi}. Logs: ${directory}. Stop it with: streamtune cluster down`,
      );
      const version = spark === undefined ? '' : ` --spark-version ${spark}`;
      if (!quiet) tell(context, `Next: streamtune run FILE --master ${master}${version}`);
    },
  });
}

function placeOptions<T>(yargs: Argv<T>) {
  return yargs
    .option(
      'port',
      required('--port', rules.freeOrPort, {
        default: 7077,
        describe: "The master's port on 127.0.0.1; 0 for a free one",
      }),
    )
    .option('spark', optional('--spark', rules.sparkVersion, { describe: 'The Spark version' }));
}

function sizeOptions<T>(yargs: Argv<T>) {
  return yargs
    .option(
      'workers',
      required('--workers', rules.workers, { default: 2, describe: 'How many workers' }),
    )
    .option(
      'cores',
      optional('--cores', rules.cores, {
        describe: "Of each worker; by default the machine's, shared out",
      }),
    )
    .option(
      'memory',
      required('--memory', rules.workerMemory, {
        default: '2g',
        describe: 'That each worker may give to executors',
      }),
    );
}

function statusCommand(context: CommandContext): CommandModule {
  return defineCommand({
    command: 'status',
    describe: 'Show what the workers have free (exit code 3 if no cluster is up)',
    builder: (yargs) =>
      yargs
        .option('json', { type: 'boolean', default: false, describe: 'Print it as JSON' })
        .example('$0 cluster status', 'Its address, workers and applications'),
    handler: async ({ json }) => {
      const { host } = context;
      const status = await clusterStatus(ownCluster(context).directory, host.signal);
      const { running } = status;
      if (json) {
        print(
          context,
          JSON.stringify(running ? { running, ...status.view } : { running }, null, 2),
        );
      } else print(context, running ? clusterLines(status.view) : 'not running');
      if (!running) context.exitCode = exitCodes.environment;
    },
  });
}

function ownCluster({ host }: CommandContext): LeftRunning {
  return { what: 'cluster', directory: clusterFolder(cacheFolder(host)) };
}
