import { pathToFileURL } from 'node:url';
import type { Submission, TrialFiles } from '../../model/trial/job.js';
import { isOnThisMachine, type Target } from '../../model/target.js';
import { loggingOfDriver } from './logging-conf.js';

/** With what the settings of a trial's own are made. */
interface OwnParts {
  readonly files: Pick<TrialFiles, 'scratch' | 'shared' | 'driver'>;
  /** The driver's, on this machine. */
  readonly python: string;
  /** For `spark.yarn.jars`. */
  readonly sparkJars?: string | undefined;
  /** The environment of the job. */
  readonly env: Submission['env'];
}

type Settings = readonly (readonly [key: string, value: string])[];

/** Spark's settings that isolate a trial; a knob of the experiment overrides any of them. */
export function ownSettings(target: Target, parts: OwnParts): Settings {
  const { scratch, shared = scratch, driver } = parts.files;
  const { kind } = target;
  return [
    ['spark.ui.enabled', 'false'],
    ['spark.ui.showConsoleProgress', 'false'],
    ['spark.scheduler.listenerbus.eventqueue.capacity', '100000'],
    ['spark.sql.warehouse.dir', `${driver === undefined ? scratch : shared}/warehouse`],
    ...(driver === undefined
      ? ofDriverHere(target, parts)
      : ofDriverElsewhere(kind, driver, parts)),
    ...(kind === 'yarn' ? ofYarn(parts) : []),
  ];
}

function ofDriverHere(target: Target, { python }: OwnParts): Settings {
  return [
    // Only the executors' Python may be one of their own: the launcher runs on this machine.
    ...(target.kind === 'local' ? [] : ([['spark.pyspark.driver.python', python]] as const)),
    // Without these, driver and block manager listen on every network interface.
    ...(isOnThisMachine(target)
      ? ([
          ['spark.driver.host', '127.0.0.1'],
          ['spark.driver.bindAddress', '127.0.0.1'],
        ] as const)
      : []),
  ];
}

function ofYarn({ files: { shared }, sparkJars }: OwnParts): Settings {
  return [
    // A driver that is killed leaves there what it has handed to YARN, so it goes with the trial's folder.
    ...(shared === undefined ? [] : ([['spark.yarn.stagingDir', `${shared}/staging`]] as const)),
    ...(sparkJars === undefined ? [] : ([['spark.yarn.jars', sparkJars]] as const)),
  ];
}

/** The cluster manager starts the driver: its environment and its JVM's options come by settings, and it is tried once. */
function ofDriverElsewhere(
  kind: Target['kind'],
  driver: string,
  { env }: Pick<OwnParts, 'env'>,
): Settings {
  const exits = '-XX:+ExitOnOutOfMemoryError'; // one that is out of memory could otherwise hang
  // A standalone master heeds no other options (`ClientEndpoint`), and hands on the environment of the client.
  if (kind === 'standalone') {
    return [
      ['spark.driver.extraJavaOptions', exits],
      ['spark.standalone.submit.waitAppCompletion', 'true'],
    ];
  }
  const logging = pathToFileURL(loggingOfDriver(driver)).href;
  const prefix = kind === 'yarn' ? 'spark.yarn.appMasterEnv' : 'spark.kubernetes.driverEnv';
  return [
    ['spark.driver.defaultJavaOptions', `${exits} -Dlog4j2.configurationFile=${logging}`],
    ...(kind === 'yarn' ? ([['spark.yarn.maxAppAttempts', '1']] as const) : []),
    ...Object.entries(env).flatMap(([key, value]) =>
      value === undefined ? [] : [[`${prefix}.${key}`, value] as const],
    ),
  ];
}
