// Checks in a run of ten thousand simulated trials whether memory and open files stay flat, and times a replay.
// Usage: npm run bench:soak
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareRun } from '../src/run/prepare-run.js';
import { replay } from '../src/run/replay.js';
import { simulatedBackend } from '../src/run/backends/simulated-backend.js';
import { startRun } from '../src/run/start-run.js';
import { projectPath } from '../src/process/project-paths.js';
import { readJournal } from '../src/store/journal.js';
import { observerOf } from '../test/helpers/observer-of.js';
import { testHost } from '../test/helpers/test-host.js';

const lookEvery = 1_000;
const folder = mkdtempSync(join(tmpdir(), 'streamtune-soak-'));
const { host } = testHost();
const openFiles = () => readdirSync('/proc/self/fd').length;

try {
  const file = join(folder, 'soak.yaml');
  const levels = Array.from({ length: 9 }, (_, index) => 2 * (index + 1)).join(', ');
  writeFileSync(
    file,
    `version: 1\nname: soak\nfactors: { spark.sql.shuffle.partitions: [${levels}] }\ndesign: { blocks: 1000 }\nmeasurement: { warmup: 1s }\n`,
  );
  const prepared = await prepareRun(file, { host });
  print('trials   heap MB   heap by trial KB   resident MB   open files   seconds');
  const startedAt = performance.now();
  let ended = 0;
  let first: number | undefined;
  const observer = observerOf((event) => {
    if (event.kind !== 'trial-ended') return;
    ended += 1;
    if (ended % lookEvery !== 0) return;
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    first ??= heapUsed;
    const grown = ended === lookEvery ? 0 : (heapUsed - first) / (ended - lookEvery) / 1e3;
    const figures = [
      String(ended).padStart(6),
      (heapUsed / 1e6).toFixed(0).padStart(9),
      grown.toFixed(1).padStart(18),
      (rss / 1e6).toFixed(0).padStart(13),
      String(openFiles()).padStart(12),
      ((performance.now() - startedAt) / 1e3).toFixed(0).padStart(9),
    ];
    print(figures.join(' '));
  });
  const model = projectPath('experiments/simulated/lively-night.yaml');
  const backend = await simulatedBackend(prepared, model, host);
  const { folder: run } = await startRun(prepared, backend, {
    host,
    observer,
    resultsRoot: folder,
  });
  const readAt = performance.now();
  const entries = await readJournal(run);
  const state = replay(entries, prepared.plan);
  print(
    `journal of ${String(entries.length)} lines, ${String(state.ended.size)} trials: read and replayed in ${(performance.now() - readAt).toFixed(0)} ms`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
