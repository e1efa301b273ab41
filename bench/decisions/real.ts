import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isClaim } from '../../src/model/run/comparison.js';
import type { ReportModel } from '../../src/model/run/report-model.js';
import { sparkBackend } from '../../src/run/backends/spark-backend.js';
import { prepareRun } from '../../src/run/prepare-run.js';
import { startRun } from '../../src/run/start-run.js';
import { observerOf } from '../../test/helpers/observer-of.js';
import { testHost } from '../../test/helpers/test-host.js';
import { delayedJob } from '../../validation/spark/delayed-job.js';
import { verdictFigure } from '../../validation/spark/figures.js';

const delayed = 'source.kafka.client.rack';
const screened = (blocks: number) =>
  `{ top: 1, screeningBlocks: ${String(Math.max(1, Math.ceil(blocks / 3)))} }`;

const ways = [
  { name: '(a) cold, no archive, all judged', archive: 'off', executor: 'submit', screens: false },
  { name: '(b) cold, archive, screened', archive: 'auto', executor: 'submit', screens: true },
  { name: '(c) sessions, screened', archive: 'auto', executor: 'session', screens: true },
] as const;

/** The baseline loses 60 ms in each batch, which one candidate does not; the others set what nobody feels. */
function experimentOf({ archive, executor, screens }: (typeof ways)[number], blocks: number) {
  return `version: 1
name: decisions
executor: ${executor}
data: { kind: generated, records: 80000, seed: 7 }
spark: { classArchive: ${archive} }
knobs: { spark.master: 'local[2]', topic.partitions: 4, job.sink: noop, source.maxOffsetsPerTrigger: 4000, spark.sql.shuffle.partitions: 4 }
factors:
  ${delayed}: [delay-60, delay-0]
  source.kafka.metrics.sample.window.ms: [null, 31000]
  source.kafka.metrics.num.samples: [null, 3]
  source.kafka.reconnect.backoff.ms: [null, 60]
  source.kafka.retry.backoff.ms: [null, 110]
design: { kind: one-at-a-time, blocks: ${String(blocks)}, seed: 17, confirm: ${screens ? screened(blocks) : 'off'}, placebo: measure }
measurement: { warmup: 0s, timeLimit: 2m }
`;
}

/** Plays each way once on a real Spark with this many judging blocks, and prints what it took and what it decided. */
export async function playReal(blocks: number, print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'streamtune-bench-'));
  try {
    for (const way of ways) {
      const began = performance.now();
      const { model, warming } = await play(experimentOf(way, blocks), folder);
      const hours = (performance.now() - began) / 3_600_000;
      const { trials } = model.run;
      const right = isRight(model) ? 'right' : 'not decided, or wrong';
      print(
        `${way.name}: ${String(trials.length)} trials and ${warming.toFixed(0)} s of warming in ${(60 * hours).toFixed(1)} min; the delay: ${verdictFigure(withoutDelay(model)?.throughput)}; ${right}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(text: string, folder: string) {
  const { host } = testHost();
  const file = join(folder, 'decisions.yaml');
  writeFileSync(file, text);
  const given = await prepareRun(file, { host });
  const prepared = { ...given, job: delayedJob(given.job) };
  const observer = observerOf(() => undefined);
  const backend = await sparkBackend(prepared, { host, observer });
  const resultsRoot = join(folder, 'results');
  const { model } = await startRun(prepared, backend, { host, observer, resultsRoot });
  const warming = model.run.trials.reduce(
    (sum, { session }) => sum + (session?.place === 1 ? session.burnIn.seconds : 0),
    0,
  );
  return { model, warming };
}

const withoutDelay = ({ rows }: ReportModel) =>
  rows.find(
    ({ configuration }) =>
      configuration.levels[delayed] === 'delay-0' && configuration.role === 'candidate',
  );

function isRight(model: ReportModel): boolean {
  const found = withoutDelay(model);
  const others = model.rows.some((row) => row !== found && isClaim(row.throughput?.kind));
  return found?.throughput?.kind === 'better' && !others;
}
