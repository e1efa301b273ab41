import { delimiter, join } from 'node:path';
import type { Host } from '../model/host.js';
import { knobsOfScope, type Assignment } from '../model/knob.js';
import type { Toolchain } from '../model/toolchain.js';
import type { Command } from '../process/command.js';
import { projectPath } from '../process/project-paths.js';

interface SubmitOptions {
  readonly toolchain: Toolchain;
  readonly env: Host['env'];
  readonly knobs: Assignment;
  /** The Python file that Spark runs, and its arguments. */
  readonly application: readonly string[];
  /** Folder with the logging configuration; keeps a person's own spark-defaults.conf out of the trial. */
  readonly confFolder: string;
  /** Folder for whatever Spark spills; removed with the trial. */
  readonly scratchFolder: string;
  /** Settings of the launcher. */
  readonly settings: Readonly<Record<string, string | undefined>>;
}

/** Environment variables that a child may see; the rest of a person's environment stays out of a trial. */
const passedOn = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ'];

/** The complete `spark-submit` call as an argument array; nothing in it passes through a shell line. */
export function submitCommand(options: SubmitOptions): Command {
  const { toolchain, knobs, scratchFolder } = options;
  const spark = knobsOfScope(knobs, 'spark');
  const master = spark.get('spark.master') ?? 'local[*]';
  spark.delete('spark.master');
  const conf = new Map([...hygiene(master, scratchFolder), ...spark]);
  return {
    file: join(toolchain.spark.home, 'bin', 'spark-submit'),
    args: [
      ...['--master', master],
      ...[...conf].flatMap(([key, value]) => ['--conf', `${key}=${value}`]),
      ...['--jars', toolchain.spark.connectorJars.join(',')],
      ...options.application,
    ],
    env: {
      ...Object.fromEntries(passedOn.map((name) => [name, options.env[name]])),
      JAVA_HOME: toolchain.java.home,
      SPARK_HOME: toolchain.spark.home,
      SPARK_CONF_DIR: options.confFolder,
      SPARK_LOCAL_DIRS: scratchFolder,
      TMPDIR: scratchFolder,
      // What a killed JVM leaves goes with the trial's folder; one without memory may stand still for ever.
      SPARK_SUBMIT_OPTS: `-XX:+ExitOnOutOfMemoryError ${quotedOption(`-Djava.io.tmpdir=${scratchFolder}`)}`,
      PYSPARK_PYTHON: toolchain.python.executable,
      PYSPARK_DRIVER_PYTHON: toolchain.python.executable,
      PYTHONPATH: projectPath('spark-jobs'),
      PATH: [join(toolchain.java.home, 'bin'), options.env['PATH'] ?? ''].join(delimiter),
      ...(isLocal(master) ? { SPARK_LOCAL_IP: '127.0.0.1' } : {}),
      ...options.settings,
    },
  };
}

/** One option as spark-submit takes options apart: in double quotes, where a backslash takes the next one literally. */
function quotedOption(option: string): string {
  return `"${option.replaceAll(/[\\"]/g, '\\$&')}"`;
}

/** Settings that keep a trial to itself; a knob of the experiment wins over each. */
function hygiene(master: string, scratchFolder: string): [string, string][] {
  return [
    ['spark.ui.enabled', 'false'],
    ['spark.ui.showConsoleProgress', 'false'],
    ['spark.scheduler.listenerbus.eventqueue.capacity', '100000'],
    ['spark.sql.warehouse.dir', join(scratchFolder, 'warehouse')],
    // Without these, driver and block manager listen on every interface of the machine.
    ...(isLocal(master)
      ? ([
          ['spark.driver.host', '127.0.0.1'],
          ['spark.driver.bindAddress', '127.0.0.1'],
        ] as [string, string][])
      : []),
  ];
}

/** Whether driver and executor are one process on this machine: `local[…]`, but not `local-cluster[…]`. */
export function isInOneProcess(knobs: Assignment): boolean {
  return /^local(\[|$)/.test(knobsOfScope(knobs, 'spark').get('spark.master') ?? 'local[*]');
}

function isLocal(master: string): boolean {
  return master.startsWith('local');
}
