// Measures the overhead of observing a query. The same query at five batches a second runs without an observer, with
// the PySpark listener that streamtune used before, and with the proxy it uses now; the three take turns going first.
// Usage: npm run bench:observe [-- ROUNDS [WINDOW_SECONDS [SPARK_VERSION]]]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectPath } from '../src/process/project-paths.js';
import { runCommand } from '../src/process/run-command.js';
import { submitCommand } from '../src/spark/submit-command.js';
import { mean } from '../src/stats/mean.js';
import { median } from '../src/stats/quantile.js';
import { ensureToolchain } from '../src/toolchain/ensure-toolchain.js';
import { testHost } from '../test/helpers/test-host.js';

/** What one run measured in its window; times in milliseconds. */
interface Observed {
  readonly batchMs: readonly number[];
  readonly pythonMs: number;
  readonly jvmMs: number;
  /** CPU of the JVM threads that dispatch events and answer calls from Python. */
  readonly servingMs: number;
  /** CPU time of all other programs on this machine, and the length of the window. */
  readonly othersMs: number;
  readonly windowMs: number;
  /** Per batch event: how long the listener took, and its CPU time in Python. */
  readonly callMs: readonly number[];
  readonly callCpuMs: readonly number[];
}

const observers = ['none', 'pyspark', 'proxy'] as const;
type Round = Record<(typeof observers)[number], Observed>;

/** In milliseconds where no unit is given; CPU is per batch. */
const figures: readonly (readonly [title: string, of: (run: Observed) => number])[] = [
  ['others, cores', ({ othersMs, windowMs }) => othersMs / windowMs],
  ['batches/s', ({ batchMs, windowMs }) => (1_000 * batchMs.length) / windowMs],
  ['batch, median', ({ batchMs }) => middle(batchMs)],
  ['batch, mean', ({ batchMs }) => mean(batchMs)],
  ['Python CPU', ({ pythonMs, batchMs }) => pythonMs / batchMs.length],
  ['JVM CPU', ({ jvmMs, batchMs }) => jvmMs / batchMs.length],
  ['JVM serving', ({ servingMs, batchMs }) => servingMs / batchMs.length],
  ['call, median', ({ callMs }) => middle(callMs)],
  ['call, mean', ({ callMs }) => mean(callMs)],
  ['call, CPU', ({ callCpuMs }) => middle(callCpuMs)],
];

const rounds = Number(process.argv[2] ?? 5);
const windowSeconds = process.argv[3] ?? '40';
const warmupSeconds = '40';
const { host, controller } = testHost();
process.once('SIGINT', () => {
  controller.abort();
});
const toolchain = await ensureToolchain({
  host,
  onStep: (text) => process.stderr.write(`${text}\n`),
  ...(process.argv[4] === undefined ? {} : { sparkVersion: process.argv[4] }),
});
const folder = mkdtempSync(join(tmpdir(), 'streamtune-bench-'));
try {
  print(`Spark ${toolchain.spark.version}, Java ${toolchain.java.version}, ms; CPU is per batch`);
  print(['observer'.padEnd(15), ...figures.map(([title]) => cell(title))].join(''));
  const done: Round[] = [];
  for (let index = 0; index < rounds; index += 1) {
    const turn = index % observers.length;
    const found = new Map<string, Observed>();
    for (const observer of [...observers.slice(turn), ...observers.slice(0, turn)]) {
      found.set(observer, await run(observer, join(folder, `${String(index)}-${observer}`)));
    }
    const round = Object.fromEntries(found) as Round;
    print(`round ${String(index + 1)}`);
    for (const observer of observers) printRow(observer, (of) => of(round[observer]));
    done.push(round);
  }
  print(`median of ${String(rounds)} rounds`);
  for (const observer of observers)
    printRow(observer, (of) => middle(done.map((round) => of(round[observer]))));
  for (const observer of ['pyspark', 'proxy'] as const) {
    printRow(`${observer} - none`, (of) =>
      middle(done.map((round) => of(round[observer]) - of(round.none))),
    );
    const ratios = done.map(
      (round) => middle(round[observer].batchMs) / middle(round.none.batchMs),
    );
    print(`batch, median: ${observer} / none = ${ratios.map((one) => one.toFixed(3)).join(' ')}`);
    print(`  median ${middle(ratios).toFixed(3)}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(observer: string, directory: string): Promise<Observed> {
  mkdirSync(directory);
  mkdirSync(join(directory, 'conf'));
  writeFileSync(join(directory, 'conf', 'log4j2.properties'), 'rootLogger.level = off\n');
  const command = submitCommand({
    toolchain,
    env: host.env,
    knobs: {
      'spark.master': 'local[2]',
      'spark.sql.shuffle.partitions': 2,
      'spark.sql.streaming.numRecentProgressUpdates': 100_000,
      // py4j calls by reflection, which has no access to the JVM's clocks without these.
      'spark.driver.extraJavaOptions':
        '--add-opens=java.management/sun.management=ALL-UNNAMED --add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED',
    },
    files: { scratch: directory },
    submission: {
      application: [
        projectPath('bench/observed_job.py'),
        ...[observer, join(directory, 'checkpoint'), warmupSeconds, windowSeconds],
      ],
      env: {
        PYTHONPATH: projectPath('spark-jobs'),
        STREAMTUNE_PROGRESS_FILE: join(directory, 'progress.ndjson'),
        STREAMTUNE_EFFECTIVE_CONF_FILE: join(directory, 'effective-conf.json'),
      },
    },
  });
  const { stdout, stderr } = await runCommand(command, { signal: host.signal });
  rmSync(directory, { recursive: true, force: true });
  const found = /^OBSERVED (.*)$/m.exec(stdout)?.[1];
  if (found === undefined) throw new Error(`the job gave no figures: ${stdout}${stderr}`);
  return JSON.parse(found) as Observed;
}

function printRow(name: string, figure: (of: (run: Observed) => number) => number): void {
  const cells = figures.map(([, of]) => figure(of));
  print(
    name.padEnd(15) +
      cells.map((value) => cell(Number.isNaN(value) ? '-' : value.toFixed(2))).join(''),
  );
}

function cell(text: string): string {
  return text.padStart(15);
}

function middle(values: readonly number[]): number {
  return median(values) ?? NaN;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
