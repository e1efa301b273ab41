// Measures streamtune's own time: measuring and analysing a run of 2,000 trials with 100 batches each, and a simulated
// run of 100 trials from plan to reports.
// Usage: npm run bench:analyse [-- ROUNDS]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyseRun } from '../src/analysis/analyse-run.js';
import { prepareRun } from '../src/run/prepare-run.js';
import { simulatedBackend } from '../src/run/backends/simulated-backend.js';
import { startRun } from '../src/run/start-run.js';
import { parseExperiment } from '../src/config/parse-experiment.js';
import { planExperiment } from '../src/design/plan-experiment.js';
import { trialsOf } from '../src/model/trial/plan.js';
import type { Manifest } from '../src/model/run/run-record.js';
import { quietWorld } from '../src/model/simulation-model.js';
import { projectPath } from '../src/process/project-paths.js';
import { progressLine } from '../src/execution/simulated/progress-line.js';
import { createWorld } from '../src/execution/simulated/world.js';
import { parseProgressText } from '../src/progress/listener-file.js';
import { observerOf } from '../test/helpers/observer-of.js';
import { judgedTrial } from '../test/helpers/run-record.js';
import { testHost } from '../test/helpers/test-host.js';

const rounds = Number(process.argv[2] ?? 5);
const blocks = 40;
const experiment = parseExperiment({
  file: 'bench.yaml',
  text: `version: 1\nname: bench\nfactors: { spark.a: [1, 2, 3, 4, 5, 6, 7], spark.b: [1, 2, 3, 4, 5, 6, 7] }\ndesign: { blocks: ${String(blocks)} }\nmeasurement: { warmup: 1s }\n`,
});
const plan = planExperiment(experiment);
const trials = trialsOf(plan);
const world = createWorld(
  { ...quietWorld, noise: { ...quietWorld.noise, trial: 0.05, batch: 0.03 } },
  1,
);
const stored = trials.map((trial, index) => {
  const { block, configuration } = trial;
  const slot = { index, of: trials.length, block, configuration, attempt: 0 };
  const played = world.play(slot, { batches: 100, startedAt: 0 });
  return {
    trial,
    text: played.events.map(progressLine).join('\n'),
  };
});

print(
  `${String(trials.length)} trials of 100 batches, ${String(plan.configurations.length)} configurations`,
);
print('round   parse and measure   analyse   together   heap used');
for (let round = 1; round <= rounds; round += 1) {
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  const startedAt = performance.now();
  const ended = stored.map(({ trial, text }) =>
    judgedTrial(trial, parseProgressText(text), experiment.measurement),
  );
  const measuredAt = performance.now();
  const manifest = {} as Manifest; // not read by the analysis
  const model = analyseRun({
    manifest,
    experiment,
    plan,
    blocks: plan.blocks,
    trials: ended,
    state: 'complete',
    journal: 'whole',
    resumes: [],
  });
  const endedAt = performance.now();
  if (model.rows.length !== plan.configurations.length) throw new Error('rows are missing');
  const heapMiB = (process.memoryUsage().heapUsed - heapBefore) / 2 ** 20;
  print(
    [
      String(round).padStart(5),
      seconds(measuredAt - startedAt).padStart(19),
      seconds(endedAt - measuredAt).padStart(9),
      seconds(endedAt - startedAt).padStart(10),
      `${heapMiB.toFixed(0)} MiB`.padStart(11),
    ].join(' '),
  );
}
print(
  `largest resident size of this process: ${(process.resourceUsage().maxRSS / 1_024).toFixed(0)} MiB`,
);

const folder = mkdtempSync(join(tmpdir(), 'streamtune-bench-'));
try {
  const { host } = testHost();
  const observer = observerOf(() => undefined);
  for (let round = 1; round <= rounds; round += 1) {
    const prepared = await prepareRun(projectPath('bench/hundred-trials.yaml'), { host });
    const startedAt = performance.now();
    const model = projectPath('experiments/simulated/lively-night.yaml');
    const backend = await simulatedBackend(prepared, model, host);
    const { model: report } = await startRun(prepared, backend, {
      host,
      observer,
      resultsRoot: folder,
    });
    print(
      `simulated night of ${String(report.plannedTrials)} trials: ${seconds(performance.now() - startedAt)}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
