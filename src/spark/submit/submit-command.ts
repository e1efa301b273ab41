import { delimiter, dirname, join } from 'node:path';
import type { ClassArchive } from '../../model/class-archive.js';
import type { Host } from '../../model/host.js';
import type { Submission, TrialFiles } from '../../model/trial/job.js';
import { knobsOfScope, type Assignment } from '../../model/knob.js';
import { isOnThisMachine, targetOf, type Target } from '../../model/target.js';
import type { Toolchain } from '../../model/toolchain.js';
import type { Command } from '../../process/command.js';
import { sparkEnv } from '../spark-env.js';
import { pathForDriver } from './driver-files.js';
import { linkedSparkHome } from './local-cluster-home.js';
import { confFolder, loggingOfDriver } from './logging-conf.js';
import { ownSettings } from './own-settings.js';

interface SubmitOptions {
  readonly toolchain: Toolchain;
  readonly env: Host['env'];
  readonly knobs: Assignment;
  readonly files: Pick<TrialFiles, 'scratch' | 'shared' | 'driver'>;
  readonly submission: Submission;
  /** Where YARN finds Spark's own jars, for `spark.yarn.jars`. */
  readonly sparkJars?: string | undefined;
  /** Of the driver; only where no knob changes its class path. */
  readonly archive?: ClassArchive | undefined;
}

/** Environment variables passed to the child; the rest of the user's environment stays out of a trial. */
const passedOn = ['HOME', 'USER', 'LANG', 'LC_ALL', 'TZ'];

/** Where the settings of YARN, Hadoop's file systems and Kubernetes are found, and as whom to speak to them. */
export const passedToCluster: readonly string[] = [
  'HADOOP_CONF_DIR',
  'YARN_CONF_DIR',
  'HADOOP_USER_NAME',
  'KRB5CCNAME',
  'KUBECONFIG',
];

/** The complete `spark-submit` command as an argument array; no part of it goes through a shell. */
export function submitCommand(options: SubmitOptions): Command {
  const { toolchain, knobs, submission, files, sparkJars } = options;
  const target = targetOf(knobs);
  const spark = knobsOfScope(knobs, 'spark');
  spark.delete('spark.master');
  const python = toolchain.python.executable;
  const conf = new Map([
    ...ownSettings(target, { files, python, sparkJars, env: submission.env }),
    ...Object.entries(submission.conf ?? {}),
    ...spark,
  ]);
  return {
    file: join(toolchain.spark.home, 'bin', 'spark-submit'),
    args: [
      ...['--master', target.master],
      ...[...conf].flatMap(([key, value]) => ['--conf', `${key}=${value}`]),
      ...connector(options, target),
      ...submission.application,
    ],
    ...(submission.directory === undefined ? {} : { cwd: submission.directory }),
    env: { ...environment(options, target), ...submission.env },
  };
}

/** An archive keeps what Java's own class loader loads, so the connector goes where that one looks. */
function connector(
  { toolchain: { spark }, archive, files }: SubmitOptions,
  { kind }: Target,
): string[] {
  if (spark.connectorJars.length === 0) return [];
  const jars = ['--jars', spark.connectorJars.map((jar) => pathForDriver(files, jar)).join(',')];
  if (archive === undefined) return jars;
  const forDriver = ['--driver-class-path', spark.connectorJars.join(delimiter)];
  return kind === 'local' ? forDriver : [...forDriver, ...jars];
}

function environment(options: SubmitOptions, target: Target): Command['env'] {
  const { toolchain, env, files, archive } = options;
  const { scratch, driver } = files;
  const names = target.kind === 'local' ? passedOn : [...passedOn, ...passedToCluster];
  return {
    ...sparkEnv(toolchain, env, names),
    ...(target.kind === 'local-cluster' ? { SPARK_HOME: linkedSparkHome(scratch) } : {}),
    SPARK_CONF_DIR: archive?.confFolder ?? confFolderOf(files, target),
    // A driver on another machine may get the environment of its client, and this folder is none of its machine.
    ...(driver === undefined ? { SPARK_LOCAL_DIRS: scratch, TMPDIR: scratch } : {}),
    SPARK_SUBMIT_OPTS: javaOptions(files, archive).map(quotedOption).join(' '),
    PYSPARK_PYTHON: toolchain.python.executable,
    PYSPARK_DRIVER_PYTHON: toolchain.python.executable,
    ...(isOnThisMachine(target) ? { SPARK_LOCAL_IP: '127.0.0.1' } : {}),
  };
}

/** A standalone master starts its driver with the settings' folder of the client. */
function confFolderOf({ scratch, driver }: SubmitOptions['files'], { kind }: Target): string {
  return driver !== undefined && kind === 'standalone'
    ? dirname(loggingOfDriver(driver))
    : confFolder(scratch);
}

function javaOptions(
  { scratch, driver }: SubmitOptions['files'],
  archive: SubmitOptions['archive'],
): string[] {
  const ownLogging = `-Dlog4j2.configurationFile=${join(confFolder(scratch), 'log4j2.properties')}`;
  return [
    '-XX:+ExitOnOutOfMemoryError', // one that is out of memory could otherwise hang
    `-Djava.io.tmpdir=${scratch}`, // a killed JVM's temporary files go with the trial's folder
    ...(archive?.javaOptions ?? []),
    ...(archive === undefined && driver === undefined ? [] : [ownLogging]),
  ];
}

/** Quotes one option the way spark-submit splits options: in double quotes, with backslash as the escape. */
function quotedOption(option: string): string {
  return `"${option.replaceAll(/[\\"]/g, '\\$&')}"`;
}
