// Runs the checks that need a real Spark and Kafka, and writes the figures into docs/validation.md.
// Usage: npm run validate:spark [-- PART…]   (leave the machine alone meanwhile)
// Parts: effects (about 45 minutes on two cores), noise (half an hour), long (an hour and a half),
// archive (an hour), session (an hour); all by default.
// STREAMTUNE_RESULTS=FOLDER keeps the runs, to look at their trials.
// STREAMTUNE_BLOCKS=1 tries the part session out: its figures then say nothing, and are not written.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../src/model/host.js';
import type { Job } from '../src/model/trial/job.js';
import { ensureToolchain } from '../src/toolchain/ensure-toolchain.js';
import { archiveRows, archiveSwitchedJob } from './spark/archive-rows.js';
import { burn, burnerRows } from './spark/burner-rows.js';
import { delayedJob } from './spark/delayed-job.js';
import { carryOverRow, noiseRows } from './spark/noise-rows.js';
import { largeRows, plantedRows } from './spark/planted-rows.js';
import { play } from './spark/play.js';
import { sessionRows } from './spark/session-rows.js';
import { writeTable, type ValidationRow } from './write-table.js';

const stop = new AbortController();
process.once('SIGINT', () => {
  stop.abort();
});
const sink = (stream: NodeJS.WriteStream) => ({
  write: (text: string) => void stream.write(text),
  writeRaw: (text: string) => void stream.write(text),
  isTTY: false,
  columns: 100,
  gone: new AbortController().signal,
});
const host: Host = {
  env: process.env,
  argv: ['npm', 'run', 'validate:spark'],
  cwd: process.cwd(),
  now: () => Date.now(),
  out: sink(process.stdout),
  err: sink(process.stderr),
  signal: stop.signal,
};
const kept = process.env['STREAMTUNE_RESULTS'];
const resultsRoot = kept ?? mkdtempSync(join(tmpdir(), 'streamtune-validation-'));
const onlyBlocks = process.env['STREAMTUNE_BLOCKS'];
const place = { host, resultsRoot };
const delayed = { changedJob: delayedJob };
const tried = { ...delayed, ...(onlyBlocks === undefined ? {} : { blocks: Number(onlyBlocks) }) };
const parts: Readonly<Record<string, () => Promise<ValidationRow[]>>> = {
  effects: async () => {
    const planted = await play('planted', delayed, place);
    const large = await play('large', delayed, place);
    const burned = new Set<string>();
    const burner = await play('burner', { ...delayed, onEvent: burn(burned) }, place);
    return [...plantedRows(planted), ...largeRows(large), ...burnerRows(burner, burned)];
  },
  noise: async () => {
    const model = await play('carry-over', delayed, place);
    return [...noiseRows(model, 'short trials'), carryOverRow(model)];
  },
  session: async () => {
    const cold = await play('session', tried, place);
    return sessionRows(cold, await play('session', { ...tried, executor: 'session' }, place));
  },
  long: async () => noiseRows(await play('long', delayed, place), 'trials of three minutes'),
  archive: async () => {
    const { java } = await ensureToolchain({ host, onStep: () => undefined });
    const changedJob = (job: Job) => archiveSwitchedJob(job, java.home);
    return archiveRows(await play('archive', { changedJob }, place));
  },
};

try {
  const asked = process.argv.slice(2);
  for (const [part, measure] of Object.entries(parts)) {
    if (asked.length > 0 && !asked.includes(part)) continue;
    const rows = await measure();
    if (onlyBlocks === undefined) writeTable(`real-${part}`, rows);
    for (const { ok, id, what, figure } of rows) {
      process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${id} ${what}: ${figure}\n`);
      if (!ok) process.exitCode = 1;
    }
  }
} finally {
  if (kept === undefined) rmSync(resultsRoot, { recursive: true, force: true });
}
