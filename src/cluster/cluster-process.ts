import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '../model/host.js';
import type { Toolchain } from '../model/toolchain.js';
import { makeFolder } from '../process/files/make-folder.js';
import type { Command } from '../process/command.js';
import { log4jOfConsole } from '../spark/submit/log4j-of-console.js';
import { sparkEnv } from '../spark/spark-env.js';

/** What any process of a cluster is started with. */
export interface ClusterProcess {
  readonly toolchain: Pick<Toolchain, 'java' | 'spark'>;
  /** Holds the state, settings, logs and the workers' folders; removed when the cluster is stopped. */
  readonly directory: string;
  readonly env: Host['env'];
  readonly signal: AbortSignal;
}

/** What the workers offer, each. */
export interface WorkerSize {
  readonly cores: number;
  /** As Spark writes it: `2g`. */
  readonly memory: string;
}

/** The files in its folder that a cluster works with. */
export function clusterFiles(directory: string) {
  return {
    conf: join(directory, 'conf'),
    settings: join(directory, 'conf', 'daemons.conf'),
    masterLog: join(directory, 'master.log'),
    workerLog: (number: number) => join(directory, `worker-${String(number)}.log`),
    workerFolder: (number: number) => join(directory, `worker-${String(number)}`),
    local: join(directory, 'local'),
  };
}

const masterClass = 'org.apache.spark.deploy.master.Master';
const workerClass = 'org.apache.spark.deploy.worker.Worker';

/** Whether the arguments of a running program are those of a master or worker, whoever started it. */
export function isDaemon(args: readonly string[]): boolean {
  return args.some((arg) => arg === masterClass || arg === workerClass);
}

/** Whether they are those of one of the folder. */
export function isOfCluster(args: readonly string[], directory: string): boolean {
  return isDaemon(args) && args.includes(clusterFiles(directory).settings);
}

/** What the daemons log of themselves tells where they listen; what executors log is for the trial's eyes. */
const log4j = `${log4jOfConsole}logger.deploy.name = org.apache.spark.deploy
logger.deploy.level = info
logger.ui.name = org.apache.spark.deploy.master.ui
logger.ui.level = info
`;

/**
 * A daemon takes the port that it is given, or none, and takes no application but through the master's own port. What an application leaves with a worker, its jars among it, goes a
 * minute after its end: Spark would keep it for a week, some 20 MB for each trial and worker.
 */
const settings = `spark.port.maxRetries 0
spark.master.rest.enabled false
spark.worker.cleanup.enabled true
spark.worker.cleanup.interval 60
spark.worker.cleanup.appDataTtl 60
`;

/** Writes what the daemons are started from. */
export async function writeClusterFiles(directory: string): Promise<void> {
  const { conf, settings: file, local } = clusterFiles(directory);
  await makeFolder(conf);
  await makeFolder(local);
  await writeFile(join(conf, 'log4j2.properties'), log4j);
  await writeFile(file, settings);
}

/** A master on 127.0.0.1; port 0 is a free one. */
export function masterCommand(options: ClusterProcess, port: number): Command {
  const args = ['--host', '127.0.0.1', '--port', String(port), '--webui-port', '0'];
  return daemon(options, [masterClass, ...args]);
}

/** A worker of the master. */
export function workerCommand(
  options: ClusterProcess,
  {
    number,
    master,
    size,
  }: { readonly number: number; readonly master: string; readonly size: WorkerSize },
): Command {
  const place = ['--host', '127.0.0.1', '--port', '0', '--webui-port', '0'];
  const offered = ['--cores', String(size.cores), '--memory', size.memory];
  const folder = ['--work-dir', clusterFiles(options.directory).workerFolder(number)];
  return daemon(options, [workerClass, ...place, ...offered, ...folder, master]);
}

/** Spark's own program for its classes, which becomes the JVM: no daemon of which only a file knows. */
function daemon({ toolchain, directory, env }: ClusterProcess, args: readonly string[]): Command {
  const { conf, settings: file, local } = clusterFiles(directory);
  const [className = '', ...others] = args;
  return {
    file: join(toolchain.spark.home, 'bin', 'spark-class'),
    args: [className, '--properties-file', file, ...others],
    cwd: directory,
    env: {
      ...sparkEnv(toolchain, env, ['HOME', 'LANG']),
      SPARK_CONF_DIR: conf,
      SPARK_DAEMON_MEMORY: '256m',
      SPARK_LOCAL_DIRS: local,
      SPARK_LOCAL_IP: '127.0.0.1',
      TMPDIR: local,
    },
  };
}
