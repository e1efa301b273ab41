import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { ClassArchive } from '../model/class-archive.js';
import type { Host } from '../model/host.js';
import type { Submission, TrialFiles } from '../model/trial/job.js';
import { knobsOfScope, type Assignment } from '../model/knob.js';
import { isOnThisMachine, targetOf, type Target } from '../model/target.js';
import type { Toolchain } from '../model/toolchain.js';
import { log4jOfConsole } from './log4j-of-console.js';
import { sparkEnv } from './spark-env.js';
import type { Command } from '../process/command.js';

interface SubmitOptions {
  readonly toolchain: Toolchain;
  readonly env: Host['env'];
  readonly knobs: Assignment;
  readonly files: Pick<TrialFiles, 'scratch' | 'shared'>;
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

/** Which executors the driver has got, and where; and whether YARN has begun with the application. */
const log4jOfCluster = `logger.executors.name = org.apache.spark.scheduler.cluster
logger.executors.level = info
logger.application.name = org.apache.spark.deploy.yarn.Client
logger.application.level = info
`;

/** Writes Spark's logging settings. Their folder also keeps the user's spark-defaults.conf out of the trial. */
export async function writeSparkConf(
  { scratch }: Pick<TrialFiles, 'scratch'>,
  { kind }: Pick<Target, 'kind'> = { kind: 'local' },
): Promise<void> {
  const folder = confFolder(scratch);
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'log4j2.properties'),
    kind === 'local' ? log4jOfConsole : log4jOfConsole + log4jOfCluster,
  );
}

/** The complete `spark-submit` command as an argument array; no part of it goes through a shell. */
export function submitCommand(options: SubmitOptions): Command {
  const { toolchain, knobs, submission, archive } = options;
  const target = targetOf(knobs);
  const spark = knobsOfScope(knobs, 'spark');
  spark.delete('spark.master');
  const own = Object.entries(submission.conf ?? {});
  const python = toolchain.python.executable;
  const conf = new Map([
    ...hygiene(target, { ...options.files, python, sparkJars: options.sparkJars }),
    ...own,
    ...spark,
  ]);
  return {
    file: join(toolchain.spark.home, 'bin', 'spark-submit'),
    args: [
      ...['--master', target.master],
      ...[...conf].flatMap(([key, value]) => ['--conf', `${key}=${value}`]),
      ...connector(toolchain, archive, target),
      ...submission.application,
    ],
    ...(submission.directory === undefined ? {} : { cwd: submission.directory }),
    env: { ...environment(options, target), ...submission.env },
  };
}

/** An archive keeps what Java's own class loader loads, so the connector goes where that one looks. */
function connector(
  { spark }: Toolchain,
  archive: SubmitOptions['archive'],
  { kind }: Target,
): string[] {
  if (spark.connectorJars.length === 0) return [];
  const jars = ['--jars', spark.connectorJars.join(',')];
  if (archive === undefined) return jars;
  const forDriver = ['--driver-class-path', spark.connectorJars.join(delimiter)];
  return kind === 'local' ? forDriver : [...forDriver, ...jars];
}

function environment(options: SubmitOptions, target: Target): Command['env'] {
  const { toolchain, env, files, archive } = options;
  const { scratch } = files;
  const names = target.kind === 'local' ? passedOn : [...passedOn, ...passedToCluster];
  return {
    ...sparkEnv(toolchain, env, names),
    SPARK_CONF_DIR: archive?.confFolder ?? confFolder(scratch),
    SPARK_LOCAL_DIRS: scratch,
    TMPDIR: scratch,
    SPARK_SUBMIT_OPTS: javaOptions(scratch, archive).map(quotedOption).join(' '),
    PYSPARK_PYTHON: toolchain.python.executable,
    PYSPARK_DRIVER_PYTHON: toolchain.python.executable,
    ...(isOnThisMachine(target) ? { SPARK_LOCAL_IP: '127.0.0.1' } : {}),
  };
}

function javaOptions(scratch: string, archive: SubmitOptions['archive']): string[] {
  return [
    '-XX:+ExitOnOutOfMemoryError', // one that is out of memory could otherwise hang
    `-Djava.io.tmpdir=${scratch}`, // a killed JVM's temporary files go with the trial's folder
    ...(archive === undefined
      ? []
      : [
          ...archive.javaOptions,
          `-Dlog4j2.configurationFile=${join(confFolder(scratch), 'log4j2.properties')}`,
        ]),
  ];
}

function confFolder(scratch: string): string {
  return join(scratch, 'conf');
}

/** Quotes one option the way spark-submit splits options: in double quotes, with backslash as the escape. */
function quotedOption(option: string): string {
  return `"${option.replaceAll(/[\\"]/g, '\\$&')}"`;
}

/** Settings that isolate a trial; a knob of the experiment overrides any of them. */
function hygiene(
  target: Target,
  {
    scratch,
    shared,
    python,
    sparkJars,
  }: SubmitOptions['files'] & Pick<SubmitOptions, 'sparkJars'> & { readonly python: string },
): [string, string][] {
  return [
    ['spark.ui.enabled', 'false'],
    ['spark.ui.showConsoleProgress', 'false'],
    ['spark.scheduler.listenerbus.eventqueue.capacity', '100000'],
    ['spark.sql.warehouse.dir', join(scratch, 'warehouse')],
    // Only the executors' Python may be one of their own: the launcher runs on this machine.
    ...(target.kind === 'local'
      ? []
      : ([['spark.pyspark.driver.python', python]] as [string, string][])),
    // A driver that is killed leaves there what it has handed to YARN, so it goes with the trial's folder.
    ...(target.kind === 'yarn' && shared !== undefined
      ? ([['spark.yarn.stagingDir', `${shared}/staging`]] as [string, string][])
      : []),
    ...(sparkJars === undefined ? [] : ([['spark.yarn.jars', sparkJars]] as [string, string][])),
    // Without these, driver and block manager listen on every network interface.
    ...(isOnThisMachine(target)
      ? ([
          ['spark.driver.host', '127.0.0.1'],
          ['spark.driver.bindAddress', '127.0.0.1'],
        ] as [string, string][])
      : []),
  ];
}
