import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TrialFiles } from '../../model/trial/job.js';
import type { Target } from '../../model/target.js';
import { pathForDriver } from './driver-files.js';
import { layout, log4jOfConsole } from './log4j-of-console.js';

const settingsName = 'log4j2.properties';

/** Which executors the driver has got, and where. */
const log4jOfDriver = `logger.executors.name = org.apache.spark.scheduler.cluster
logger.executors.level = info
`;

/** What became of the driver, or of the application, by the clients of YARN, of a master, and of Kubernetes. */
const log4jOfClients = `logger.yarn.name = org.apache.spark.deploy.yarn.Client
logger.yarn.level = info
logger.standalone.name = org.apache.spark.deploy.ClientEndpoint
logger.standalone.level = info
logger.kubernetes.name = org.apache.spark.deploy.k8s.submit.LoggingPodStatusWatcherImpl
logger.kubernetes.level = info
`;

/**
 * Writes Spark's logging settings, and those of a driver on another machine. Their folder also keeps the user's
 * spark-defaults.conf out of the trial.
 */
export async function writeSparkConf(
  { scratch, driver }: Pick<TrialFiles, 'scratch' | 'driver'>,
  { kind }: Pick<Target, 'kind'> = { kind: 'local' },
): Promise<void> {
  const folder = confFolder(scratch);
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, settingsName),
    kind === 'local' ? log4jOfConsole : log4jOfConsole + log4jOfDriver + log4jOfClients,
  );
  if (driver === undefined) return;
  await mkdir(dirname(loggingOfDriver(driver)), { recursive: true });
  await writeFile(
    loggingOfDriver(driver),
    log4jOfConsole + log4jOfDriver + alsoTo(driverLog(driver)),
  );
}

/** For SPARK_CONF_DIR. */
export function confFolder(scratch: string): string {
  return join(scratch, 'conf');
}

/** The logging settings of a driver on another machine. `driver`: its folder. */
export function loggingOfDriver(driver: string): string {
  return pathForDriver({ driver }, settingsName);
}

/** What such a driver logs: its standard error stays on its machine. */
export function driverLog(driver: string): string {
  return join(driver, 'driver.log');
}

/** What the Python of such a driver prints. */
export function driverOutput(driver: string): string {
  return join(driver, 'driver.out');
}

function alsoTo(file: string): string {
  return `rootLogger.appenderRef.file.ref = file
appender.file.type = File
appender.file.name = file
appender.file.fileName = ${file}
${layout('file')}`;
}
