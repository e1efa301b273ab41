// Measures how fast `import` reads an event log, beside `grep -c` of the same file; the two take turns at going first.
// The log repeats the recorded one of a real Spark 4.2.0, each time with other batches.
// Usage: npm run bench:import [-- ROUNDS MEGABYTES]
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { projectPath } from '../src/process/project-paths.js';
import { importLogs } from '../src/run/logs/import-log.js';

const rounds = Number(process.argv[2] ?? 5);
const megabytes = Number(process.argv[3] ?? 200);
const folder = mkdtempSync(join(tmpdir(), 'streamtune-import-'));
const log = join(folder, 'app-1');
const wanted = 'QueryProgressEvent';

try {
  const batches = writeLog();
  const { size } = statSync(log);
  print(`${(size / 1e6).toFixed(0)} MB, ${String(batches)} batches; round 0 warms up`);
  print('round   import MB/s   MB per CPU second   grep MB/s   import/grep   resident MB');
  for (let round = 0; round <= rounds; round += 1) {
    const results: { import?: Awaited<ReturnType<typeof timeImport>>; grep?: number } = {};
    for (const side of round % 2 === 0 ? ['import', 'grep'] : ['grep', 'import']) {
      if (side === 'import') results.import = await timeImport(batches);
      else results.grep = timeGrep(batches);
    }
    const { import: imported, grep = NaN } = results;
    if (imported === undefined) throw new Error('a side is missing');
    const rate = (ms: number) => size / 1e3 / ms;
    print(
      [
        String(round).padStart(5),
        rate(imported.wallMs).toFixed(0).padStart(13),
        rate(imported.cpuMs).toFixed(0).padStart(19),
        rate(grep).toFixed(0).padStart(11),
        (imported.wallMs / grep).toFixed(2).padStart(13),
        (process.memoryUsage().rss / 1e6).toFixed(0).padStart(13),
      ].join(' '),
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** Writes the log and returns the number of batches in it. */
function writeLog(): number {
  const recorded = gunzipSync(readFileSync(projectPath('test/fixtures/logs/plain.gz')))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const file = openSync(log, 'w');
  let batches = 0;
  for (let written = 0; written < megabytes * 1e6;) {
    const lines = recorded.map((line) =>
      line.includes(wanted)
        ? line.replace(/"batchId":\d+/, () => `"batchId":${String(batches++)}`)
        : line,
    );
    written += writeSync(file, `${lines.join('\n')}\n`);
  }
  closeSync(file);
  return batches;
}

async function timeImport(batches: number) {
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const imported = await importLogs([log], { signal: new AbortController().signal, follow: false });
  const { user, system } = process.cpuUsage(cpuBefore);
  const found = imported.queries.reduce((sum, one) => sum + one.measurement.counts.batches, 0);
  if (found !== batches) throw new Error(`found ${String(found)} of ${String(batches)} batches`);
  return { wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1e3 };
}

function timeGrep(batches: number): number {
  const startedAt = performance.now();
  const { stdout } = spawnSync('grep', ['-c', wanted, log], { encoding: 'utf8' });
  if (Number(stdout) !== batches) throw new Error(`grep found ${stdout}`);
  return performance.now() - startedAt;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
