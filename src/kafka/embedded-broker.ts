import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { delimiter, join } from 'node:path';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { JavaInstallation, KafkaInstallation } from '../model/toolchain.js';
import { runCommand } from '../process/run-command.js';
import { startService, type Service } from '../process/service.js';
import { waitUntil } from '../process/wait-until.js';
import { brokerFiles, log4jProperties, serverProperties } from './broker-config.js';
import { kafkaClient } from './client.js';
import { freePorts, isFree } from './free-port.js';

interface BrokerOptions {
  readonly kafka: KafkaInstallation;
  readonly java: JavaInstallation;
  /** Made if it is missing; a broker that ran here before goes on with its data. */
  readonly directory: string;
  /** Left out: a free one. Throws PORT_IN_USE if it is taken. */
  readonly port?: number;
  readonly env: Host['env'];
  readonly signal: AbortSignal;
  /** Lets the broker outlive this process. */
  readonly outlive?: boolean;
}

/** A broker that answers. */
export interface Broker extends AsyncDisposable {
  readonly bootstrapServers: string;
  readonly pid: number;
  readonly logFile: string;
}

const readyWithinMs = 60_000;

/**
 * Starts Kafka in KRaft mode on 127.0.0.1 and returns when it answers by protocol.
 * Throws BROKER_NOT_READY with the end of its log.
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { directory, port, signal } = options;
  if (port !== undefined && !(await isFree(port))) throw portInUse(port);
  const files = brokerFiles(directory);
  await mkdir(directory, { recursive: true });
  const [free, controllerPort] = await freePorts(2);
  if (free === undefined || controllerPort === undefined) throw new Error('no free port');
  const chosen = port ?? free;
  await writeFile(files.log4j, log4jProperties);
  await writeFile(
    files.properties,
    serverProperties({ port: chosen, controllerPort, data: files.data }),
  );
  await format(options, files);
  const service = await startService(java(options, ['kafka.Kafka', files.properties]), {
    logFile: files.log,
    ...(options.outlive === true ? { outlive: true } : {}),
  });
  const bootstrapServers = `127.0.0.1:${String(chosen)}`;
  try {
    await waitUntil({
      what: `the broker at ${bootstrapServers} answers`,
      timeoutMs: readyWithinMs,
      signal,
      check: async () => {
        if (!service.isRunning()) throw await notReady(service, files.log);
        return await answers(bootstrapServers, signal);
      },
    });
  } catch (error) {
    await service.stop();
    if (error instanceof HarnessError && error.code === 'WAIT_TIMEOUT')
      throw await notReady(service, files.log);
    throw error;
  }
  return {
    bootstrapServers,
    pid: service.pid,
    logFile: files.log,
    [Symbol.asyncDispose]: service.stop,
  };
}

async function answers(bootstrapServers: string, signal: AbortSignal): Promise<true | undefined> {
  const admin = kafkaClient({ bootstrapServers, signal }).admin({ retry: { retries: 0 } });
  try {
    await admin.connect();
    const cluster = await admin.describeCluster();
    return cluster.brokers.length > 0 ? true : undefined;
  } catch {
    return undefined;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/** Formats the data folder once; one that is formatted already keeps its records. */
async function format(
  options: BrokerOptions,
  files: ReturnType<typeof brokerFiles>,
): Promise<void> {
  const meta = await readFile(join(files.data, 'meta.properties'), 'utf8').catch(() => undefined);
  if (meta !== undefined) return;
  // Kafka's own form of a UUID; one that begins with a hyphen would be taken for an option.
  const clusterId = `A${randomBytes(16).toString('base64url').slice(1)}`;
  const result = await runCommand(
    java(options, ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', files.properties]),
    { signal: options.signal, timeoutMs: readyWithinMs },
  );
  if (result.exitCode === 0) return;
  const words = `${result.stdout}\n${result.stderr}`.trim().split('\n');
  throw new HarnessError({
    code: 'BROKER_NOT_READY',
    message: `Kafka could not format ${files.data}: ${words.at(-1) ?? ''}`,
    hint: 'Check that the folder can be written and that the disk has space.',
  });
}

function java({ java: { executable }, kafka, directory, env }: BrokerOptions, args: string[]) {
  const { log4j } = brokerFiles(directory);
  const settings = ['-Xms256m', '-Xmx512m', `-Dlog4j2.configurationFile=${log4j}`];
  const classPath = ['-cp', kafka.classPath.join(delimiter)];
  return {
    file: executable,
    args: [...settings, ...classPath, ...args],
    cwd: directory,
    env: { PATH: env['PATH'], HOME: env['HOME'], LANG: env['LANG'] },
  };
}

async function notReady(service: Service, logFile: string): Promise<HarnessError> {
  const tail = await service.logTail(8);
  return new HarnessError({
    code: 'BROKER_NOT_READY',
    message: `The embedded Kafka broker did not become ready. The end of ${logFile}:\n    ${tail.join('\n    ')}`,
    hint: 'See the lines above; `streamtune doctor` checks ports, memory and disk.',
  });
}

function portInUse(port: number): HarnessError {
  return new HarnessError({
    code: 'PORT_IN_USE',
    message: `Port ${String(port)} of 127.0.0.1 is in use.`,
    hint: `Choose another with --port, or stop what listens there: ss -ltnp 'sport = :${String(port)}'`,
  });
}
