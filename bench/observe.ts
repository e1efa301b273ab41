// What watching a query costs. In one query of five batches a second, windows without an observer take turns with windows
// of PySpark's listener, which streamtune used before, and of the proxy that it uses now.
// Usage: npm run bench:observe [-- ROUNDS [TURNS [SPARK_VERSION]]]; each round is a spark-submit of its own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectPath } from '../src/process/project-paths.js';
import { runCommand } from '../src/process/run-command.js';
import { submitCommand } from '../src/spark/submit/submit-command.js';
import { mean } from '../src/stats/mean.js';
import { median } from '../src/stats/quantile.js';
import { middleAndRange } from './middle-and-range.js';
import { ensureToolchain } from '../src/toolchain/ensure-toolchain.js';
import { testHost } from '../test/helpers/test-host.js';

/** What a window took, in milliseconds; all but the batches and the calls is CPU. */
interface Window {
  readonly observer: string;
  readonly atMs: number;
  readonly batchMs: readonly number[];
  readonly machineMs: number;
  readonly pythonMs: number;
  /** Of the thread that keeps the JVM running, which is there in each window. */
  readonly wakerMs: number;
  readonly jvmMs: number;
  /** Of those threads of the JVM that hand out events and answer Python. */
  readonly servingMs: number;
  /** Of each event of a batch: how long the listener took, and its CPU in Python. */
  readonly callMs: readonly number[];
  readonly callCpuMs: readonly number[];
}
type Figure = (window: Window) => number;

const observers = ['none', 'pyspark', 'proxy'] as const;
type Turn = Readonly<Record<(typeof observers)[number], Window>>;
const perBatch =
  (ms: Figure): Figure =>
  (window) =>
    ms(window) / window.batchMs.length;
const figures: readonly (readonly [title: string, figure: Figure])[] = [
  ['others, cores', (one) => (one.machineMs - one.pythonMs - one.jvmMs) / one.atMs],
  ['batches/s', (one) => (1_000 * one.batchMs.length) / one.atMs],
  ['batch, ms', (one) => middle(one.batchMs)],
  ['Python, ms', perBatch((one) => one.pythonMs - one.wakerMs)],
  ['waker, ms', perBatch((one) => one.wakerMs)],
  ['JVM, ms', perBatch((one) => one.jvmMs)],
  ['serving, ms', perBatch((one) => one.servingMs)],
  ['call, ms', (one) => middle(one.callMs)],
  ['call mean, ms', (one) => mean(one.callMs)],
  ['call CPU, ms', (one) => middle(one.callCpuMs)],
];

const rounds = Number(process.argv[2] ?? 5);
const turns = Number(process.argv[3] ?? 4);
const [warmupSeconds, windowSeconds] = ['60', '10'];
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
  print(`Spark ${toolchain.spark.version}, Java ${toolchain.java.version}; CPU is per batch`);
  print(row('', (_, title) => title));
  const all: Turn[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const found = await runRound(round);
    print(`round ${String(round)}`);
    for (const turn of found) {
      for (const name of observers) print(row(name, (figure) => figure(turn[name])));
    }
    all.push(...found);
  }
  const over = (figure: (turn: Turn) => number) => middle(all.map(figure));
  print(`median of ${String(all.length)} turns`);
  for (const name of observers) print(row(name, (figure) => over((turn) => figure(turn[name]))));
  for (const name of ['pyspark', 'proxy'] as const) {
    const extra = row('', (figure) => over((turn) => figure(turn[name]) - figure(turn.none)));
    print(`${name} less none\n${extra}`);
    const ratio = (turn: Turn) => middle(turn[name].batchMs) / middle(turn.none.batchMs);
    const text = middleAndRange(all.map(ratio), { digits: 3 });
    print(`batch, ${name} / none: median ${text}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The turns of one spark-submit; each observer is as often the first as the last. */
async function runRound(round: number): Promise<Turn[]> {
  const order = Array.from({ length: turns }, (_, turn) => {
    const first = (round + turn) % observers.length;
    return [...observers.slice(first), ...observers.slice(0, first)];
  });
  const directory = join(folder, String(round));
  mkdirSync(directory);
  writeFileSync(join(directory, 'log4j2.properties'), 'rootLogger.level = off\n');
  const command = submitCommand({
    toolchain,
    env: host.env,
    knobs: {
      'spark.master': 'local[2]',
      'spark.sql.shuffle.partitions': 2,
      'spark.sql.streaming.numRecentProgressUpdates': 100_000,
      // py4j calls by reflection, which the clocks of the JVM are closed to.
      'spark.driver.extraJavaOptions':
        '--add-opens=java.management/sun.management=ALL-UNNAMED --add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED',
    },
    files: { scratch: directory },
    submission: {
      files: [],
      application: [
        projectPath('bench/observed_job.py'),
        ...[join(directory, 'checkpoint'), warmupSeconds, windowSeconds, ...order.flat()],
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
  const found = [...stdout.matchAll(/^OBSERVED (.*)$/gm)].map(
    ([, text = '']) => JSON.parse(text) as Window,
  );
  if (found.length !== order.flat().length) throw new Error(`It ended early: ${stdout}${stderr}`);
  return order.map((names, turn) => {
    const own = found.slice(turn * names.length, (turn + 1) * names.length);
    return Object.fromEntries(own.map((one) => [one.observer, one])) as Turn;
  });
}

function row(name: string, cell: (figure: Figure, title: string) => number | string): string {
  const cells = figures.map(([title, figure]) => {
    const value = cell(figure, title);
    if (typeof value === 'string') return value;
    return Number.isNaN(value) ? '-' : value.toFixed(2);
  });
  return name.padEnd(9) + cells.map((text) => text.padStart(14)).join('');
}

function middle(values: readonly number[]): number {
  return median(values) ?? NaN;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
