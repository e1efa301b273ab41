import { stat, writeFile } from 'node:fs/promises';
import type { BrokerArchive } from '../../model/broker-archive.js';
import { HarnessError } from '../../model/harness-error.js';
import {
  bootstrapServersOf,
  plaintextEndpoint,
  type KafkaEndpoint,
} from '../../model/kafka-endpoint.js';
import { shellWord } from '../../model/shell-word.js';
import { makeFolder } from '../../process/files/make-folder.js';
import { startService, type Service } from '../../process/service.js';
import { waitUntil } from '../../process/wait-until.js';
import {
  brokerFiles,
  log4jProperties,
  serverProperties,
  type SecuredListener,
} from './broker-config.js';
import { notReady, portInUse, portWasTaken, whyEnded } from './broker-failure.js';
import { brokerClass, kafkaCommand, type KafkaProcess } from './broker-process.js';
import { clusterAt } from './cluster-at.js';
import { formatStorage } from './format-storage.js';
import { freePorts, isFree } from './free-port.js';

/** The directory is created if missing; a broker that ran there before continues with its data. */
interface BrokerOptions extends KafkaProcess {
  /** Default: a free one. Throws PORT_IN_USE if it is taken. */
  readonly port?: number;
  /** Lets the broker outlive this process. */
  readonly outlive?: boolean;
  /** Time to end in, before it is killed; default 10 s. */
  readonly graceMs?: number;
  /** With it, the broker starts sooner. */
  readonly archive?: Partial<BrokerArchive> | undefined;
  /** Clients have to log in. */
  readonly secured?: SecuredListener;
  /** Finds free ports; a test returns taken ones. */
  readonly choosePorts?: (count: number) => Promise<number[]>;
}

/** A broker that responds. */
export interface Broker extends AsyncDisposable {
  readonly endpoint: KafkaEndpoint;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
  /** Why the broker has ended: DISK_FULL or BROKER_ENDED; undefined while it runs. */
  readonly whyEnded: () => Promise<HarnessError | undefined>;
}

const readyWithinMs = 60_000;

/** Another program can take a free port before the broker listens on it; then others are tried. */
const attempts = 3;

/**
 * Starts Kafka in KRaft mode on 127.0.0.1 and returns once it responds to Kafka requests. Throws BROKER_NOT_READY with
 * the end of its log.
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { directory, port } = options;
  if (port !== undefined && !(await isFree(port))) throw portInUse(port);
  await makeFolder(directory);
  await refuseSpecialFiles(directory);
  for (let attempt = 1; ; attempt += 1) {
    const service = await launch(options);
    try {
      await ready(service, options);
      const { endpoint, pid, logFile, ended, stop } = service;
      const gone = () => whyEnded(service, directory);
      const parts = { endpoint, pid, logFile, ended };
      return { ...parts, whyEnded: gone, [Symbol.asyncDispose]: stop };
    } catch (error) {
      await service.stop();
      if (attempt >= attempts || !(await portWasTaken(service))) throw error;
    }
  }
}

/** Opening a pipe in the place of a broker's file would wait for its other end for ever. */
async function refuseSpecialFiles(directory: string): Promise<void> {
  const { properties, log4j, log } = brokerFiles(directory);
  for (const file of [properties, log4j, log]) {
    const kind = await stat(file).catch(() => undefined);
    if (kind === undefined || kind.isFile()) continue;
    throw new HarnessError({
      code: 'BROKER_NOT_READY',
      message: `The broker writes to ${file}, which is ${kind.isDirectory() ? 'a folder' : 'no file'}.`,
      hint: `Remove it: rm -r ${shellWord(file)}`,
    });
  }
}

interface LaunchedBroker extends Service {
  readonly endpoint: KafkaEndpoint;
  /** Where it needs no login. */
  readonly internal: KafkaEndpoint;
  readonly logFile: string;
}

/** Writes the configuration for free ports and starts the process. */
async function launch(options: BrokerOptions): Promise<LaunchedBroker> {
  const files = brokerFiles(options.directory);
  const { secured, archive } = options;
  const [free, controllerPort, third] = await (options.choosePorts ?? freePorts)(
    secured === undefined ? 2 : 3,
  );
  if (free === undefined || controllerPort === undefined) throw new Error('no free port');
  const port = options.port ?? free;
  const internalPort = third ?? port;
  await writeFile(files.log4j, log4jProperties);
  const ports = { port, controllerPort, internalPort };
  await writeFile(files.properties, serverProperties({ ...ports, data: files.data, secured }));
  await formatStorage(options, { users: secured?.users, checkpoint: archive?.checkpoint });
  const command = kafkaCommand(options, [brokerClass, files.properties], archive?.javaOptions);
  const service = await startService(command, {
    logFile: files.log,
    ...(options.outlive === true ? { outlive: true } : {}),
    ...(options.graceMs === undefined ? {} : { graceMs: options.graceMs }),
  });
  return {
    ...service,
    endpoint: {
      servers: [`127.0.0.1:${String(port)}`],
      security: secured?.security ?? { protocol: 'PLAINTEXT' },
    },
    internal: plaintextEndpoint(`127.0.0.1:${String(internalPort)}`),
    logFile: files.log,
  };
}

/** Resolves when the broker responds; rejects with BROKER_NOT_READY when it ends or takes too long. */
async function ready(service: LaunchedBroker, { signal }: BrokerOptions): Promise<void> {
  const { endpoint, internal, logFile } = service;
  try {
    await waitUntil({
      what: `the broker at ${bootstrapServersOf(endpoint)} answers`,
      timeoutMs: readyWithinMs,
      signal,
      check: async () => {
        // A broker whose port is taken would spend half a minute on an orderly shutdown.
        if (!service.isRunning() || (await portWasTaken(service)))
          throw await notReady(service, logFile);
        return ((await clusterAt({ endpoint: internal, signal }))?.brokers ?? 0) > 0
          ? true
          : undefined;
      },
    });
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'WAIT_TIMEOUT')
      throw await notReady(service, logFile);
    throw error;
  }
}
