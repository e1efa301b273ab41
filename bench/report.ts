// Times `streamtune report` on a stored run of 2,000 trials with 100 batches each, whose progress lines are as long as those
// of a real Spark 4.2: with the figures that the run kept, and without them. Each call is a process of its own.
// Usage: npm run bench:report [-- ROUNDS [TRIALS]]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulatedBackend } from '../src/run/backends/simulated-backend.js';
import type { Backend } from '../src/run/backends/backend.js';
import { prepareRun } from '../src/run/prepare-run.js';
import { startRun } from '../src/run/start-run.js';
import type { Executor } from '../src/model/trial/executor.js';
import type { Trial } from '../src/model/trial/plan.js';
import { projectPath } from '../src/process/project-paths.js';
import { observerOf } from '../test/helpers/observer-of.js';
import { testHost } from '../test/helpers/test-host.js';

const rounds = Number(process.argv[2] ?? 5);
const trials = Number(process.argv[3] ?? 2_000);
const perBlock = 50; // 49 configurations and the control
const folder = mkdtempSync(join(tmpdir(), 'streamtune-bench-'));
try {
  const run = await makeRun();
  print(`${String(trials)} trials of 100 batches: ${run}`);
  const figures = join(run, 'figures.ndjson');
  print('round   measured again: CPU s   wall s   figures kept: CPU s   wall s   ratio of CPU');
  for (let round = 1; round <= rounds; round += 1) {
    const kept = timed(run);
    renameSync(figures, `${figures}.away`);
    const again = timed(run);
    renameSync(`${figures}.away`, figures);
    const cells = [again.cpu, again.wall, kept.cpu, kept.wall, kept.cpu / again.cpu];
    const widths = [23, 8, 21, 8, 14];
    const line = cells.map((cell, at) => cell.toFixed(2).padStart(widths[at] ?? 8));
    print(`${String(round).padStart(5)}${line.join(' ')}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A finished run with the progress lines of a real Spark. */
async function makeRun(): Promise<string> {
  const file = join(folder, 'report.yaml');
  const levels = '[1, 2, 3, 4, 5, 6, 7]';
  writeFileSync(
    file,
    [
      'version: 1',
      'name: report',
      'data: { kind: generated, records: 500000 }',
      `factors: { spark.a: ${levels}, spark.b: ${levels} }`,
      `design: { blocks: ${String(trials / perBlock)}, confirm: off }`,
      'measurement: { warmup: 1s, timeLimit: 10m }',
      '',
    ].join('\n'),
  );
  const { host } = testHost();
  const prepared = await prepareRun(file, { host });
  const model = join(folder, 'model.yaml');
  const world = 'rowsPerSecond: 9000\nbatchRows: 5000\nnoise: { trial: 3%, batch: 3% }';
  writeFileSync(model, `version: 1\n${world}\nspeed: { sd: 10%, correlation: 0.6, canary: 0.9 }\n`);
  const backend = await simulatedBackend(prepared, model, host);
  const observer = observerOf(() => undefined);
  const options = { host, observer, resultsRoot: folder };
  return (await startRun(prepared, withWholeLines(backend), options)).folder;
}

/** Has each trial leave the lines of a real Spark, before they are sealed. */
function withWholeLines<B extends Backend>(backend: B): B {
  const recorded = recordedLine();
  return {
    ...backend,
    open: async (owned, manifest) => {
      const open = await backend.open(owned, manifest);
      const executor: Executor = {
        open: async (launch, context) => {
          const opened = await open.executor.open(launch, context);
          return {
            run: async (trial: Trial, onEvent) => {
              const evidence = await opened.run(trial, onEvent);
              const name = join(context.directoryOf(trial), 'progress.ndjson');
              const lines = readFileSync(name, 'utf8').split('\n').filter(Boolean);
              writeFileSync(name, `${lines.map((line) => wholeLine(line, recorded)).join('\n')}\n`);
              return evidence;
            },
            [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
          };
        },
      };
      return { ...open, executor };
    },
  };
}

type Line = { readonly progress: Readonly<Record<string, unknown>> } & Record<string, unknown>;

function recordedLine(): Line {
  const lines = readFileSync(projectPath('test/fixtures/progress/spark-4.2.0.ndjson'), 'utf8');
  const line = lines.split('\n').find((one) => one.includes('"batchId":2'));
  if (line === undefined) throw new Error('the recording has no batch 2');
  return JSON.parse(line) as Line;
}

/** A recorded line with the figures of a simulated one. */
function wholeLine(line: string, recorded: Line): string {
  const { progress, ...same } = JSON.parse(line) as Line;
  const own = { ...recorded.progress, ...progress };
  const phases = recorded.progress['durationMs'] as Record<string, number>;
  const durationMs = { ...phases, ...(progress['durationMs'] as Record<string, number>) };
  const [source] = recorded.progress['sources'] as readonly object[];
  const [offsets] = progress['sources'] as readonly object[];
  const [operator] = recorded.progress['stateOperators'] as readonly object[];
  const [state] = progress['stateOperators'] as readonly object[];
  return JSON.stringify({
    ...same,
    progress: {
      ...own,
      durationMs,
      sources: [{ ...source, ...offsets, numInputRows: own['numInputRows' as never] }],
      stateOperators: [{ ...operator, ...state }],
    },
  });
}

function timed(run: string): { readonly cpu: number; readonly wall: number } {
  const program = [process.execPath, projectPath('bin/streamtune.js'), 'report', run];
  const clock = 'TIMEFORMAT="%U %S %R"; time "$@" >/dev/null 2>&1';
  const { stderr } = spawnSync('bash', ['-c', clock, 'bash', ...program], { encoding: 'utf8' });
  const [user = NaN, sys = NaN, wall = NaN] = stderr.trim().split(' ').map(Number);
  return { cpu: user + sys, wall };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
