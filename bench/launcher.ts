// What the launcher adds to a spark-submit, and to each of its batches. The same script runs with and without it, in pairs
// that take turns at going first; without it, the script's own progress tells how long its batches took.
// Usage: npm run bench:launcher [-- PAIRS [SPARK_VERSION]]
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { givenValues } from '../src/jobs/script/given-values.js';
import { resultEnv } from '../src/jobs/result-env.js';
import { plaintextEndpoint } from '../src/model/kafka-endpoint.js';
import type { Assignment } from '../src/model/knob.js';
import { projectPath } from '../src/process/project-paths.js';
import { runCommand } from '../src/process/run-command.js';
import { launcherEnv, launcherFiles } from '../src/spark/submit/launcher.js';
import { writeSparkConf } from '../src/spark/submit/logging-conf.js';
import { submitCommand } from '../src/spark/submit/submit-command.js';
import { meanWithInterval } from '../src/stats/mean-with-interval.js';
import { median } from '../src/stats/quantile.js';
import { ensureToolchain } from '../src/toolchain/ensure-toolchain.js';
import { testHost } from '../test/helpers/test-host.js';
import { middleAndRange } from './middle-and-range.js';

/** One spark-submit: from its start to its end, and its batches after the first three, in milliseconds. */
interface Submit {
  readonly wallMs: number;
  readonly batchMs: number;
}
type Pair = Readonly<Record<'without' | 'with', Submit>>;

const pairs = Number(process.argv[2] ?? 5);
const { host } = testHost();
const toolchain = await ensureToolchain({
  host,
  onStep: (text) => process.stderr.write(`${text}\n`),
  ...(process.argv[3] === undefined ? {} : { sparkVersion: process.argv[3] }),
});
const script = projectPath('bench/launched_job.py');
const folder = mkdtempSync(join(tmpdir(), 'streamtune-bench-'));
try {
  print(`Spark ${toolchain.spark.version}, Java ${toolchain.java.version}`);
  print('pair   submit without   with, s     batch without   with, ms');
  const all: Pair[] = [];
  for (let number = 1; number <= pairs; number += 1) {
    const found: Partial<Record<keyof Pair, Submit>> = {};
    const order =
      number % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const);
    for (const side of order)
      found[side] = await submit(`${String(number)}-${side}`, side === 'with');
    const pair = found as Pair;
    all.push(pair);
    const cells = [
      (pair.without.wallMs / 1_000).toFixed(2).padStart(16),
      (pair.with.wallMs / 1_000).toFixed(2).padStart(10),
      pair.without.batchMs.toFixed(1).padStart(18),
      pair.with.batchMs.toFixed(1).padStart(11),
    ];
    print(`${String(number).padStart(4)}${cells.join('')}`);
  }
  summary(
    'a submit takes longer by',
    's',
    all.map((one) => (one.with.wallMs - one.without.wallMs) / 1_000),
  );
  summary(
    'a batch takes longer by',
    'ms',
    all.map((one) => one.with.batchMs - one.without.batchMs),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the script once, by the launcher or by itself. */
async function submit(name: string, launched: boolean): Promise<Submit> {
  const directory = join(folder, name);
  const scratch = join(directory, 'scratch');
  mkdirSync(scratch, { recursive: true });
  await writeSparkConf({ scratch });
  const times = join(directory, 'batches.json');
  const knobs = { 'spark.master': 'local[2]', 'spark.sql.shuffle.partitions': 2 };
  const checkpoint = join(scratch, 'checkpoint');
  const command = submitCommand({
    toolchain,
    env: host.env,
    knobs,
    files: { scratch },
    submission: {
      files: [],
      application: [
        ...(launched ? launcherFiles().slice(0, 1) : []),
        ...[script, checkpoint, times],
      ],
      env: launched ? envOf(directory, knobs) : {},
    },
  });
  const began = performance.now();
  const { exitCode, stderr } = await runCommand(command, { signal: host.signal });
  const wallMs = performance.now() - began;
  if (exitCode !== 0) throw new Error(stderr);
  const batches = (JSON.parse(readFileSync(times, 'utf8')) as number[]).slice(3);
  rmSync(directory, { recursive: true, force: true });
  return { wallMs, batchMs: median(batches) ?? NaN };
}

/** As in a trial, with nothing of the script's own replaced: its source makes its own records. */
function envOf(directory: string, knobs: Assignment) {
  const files = {
    directory,
    scratch: join(directory, 'scratch'),
    progress: join(directory, 'progress.ndjson'),
    effectiveConf: join(directory, 'effective-conf.json'),
  };
  const endpoint = plaintextEndpoint('none:9092');
  const given = givenValues({
    job: { kind: 'script', script, args: [], pyFiles: [], env: {}, override: ['conf'] },
    knobs,
    files,
    input: {
      endpoint,
      ...{ topic: 'none', records: 0, outputTopic: 'none' },
    },
    mode: 'drain',
  });
  const file = join(directory, 'given.json');
  writeFileSync(file, JSON.stringify(given));
  return {
    ...launcherEnv(files, { knobs, endpoint }, {}),
    ...resultEnv(files, { outputTopic: 'none' }, { mode: 'drain' }),
    STREAMTUNE_SCRIPT: file,
  };
}

/** The differences of all pairs, and between what their mean lies. */
function summary(what: string, unit: string, differences: readonly number[]): void {
  const found = meanWithInterval(differences, 0.05);
  const range = middleAndRange(differences, { unit: ` ${unit}` });
  const mean =
    found === undefined
      ? ''
      : `; mean ${found.mean.toFixed(2)}, 95 % interval ${found.low.toFixed(2)} to ${found.high.toFixed(2)} ${unit}`;
  print(`${what} ${range}${mean}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
