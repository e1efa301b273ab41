// Runs the checks that need a real Spark and Kafka, and writes the figures into docs/validation.md.
// Usage: npm run validate:spark [-- PART…]   (leave the machine alone meanwhile)
// Parts: effects (about 45 minutes on two cores), noise (half an hour), long (an hour and a half),
// archive (an hour), session (an hour and a quarter); all by default.
// STREAMTUNE_RESULTS=FOLDER keeps the runs, to look at their trials.
// STREAMTUNE_BLOCKS=1 tries the part session out: its figures then say nothing, and are not written.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareRun } from '../src/run/prepare-run.js';
import type { RunEvent, RunObserver } from '../src/model/run/run-event.js';
import { sparkBackend } from '../src/run/backends/spark-backend.js';
import { startRun } from '../src/run/start-run.js';
import type { Verdict } from '../src/model/run/comparison.js';
import type { Host } from '../src/model/host.js';
import { projectPath } from '../src/process/project-paths.js';
import type { ReportModel } from '../src/model/run/report-model.js';
import { controlCell, gainText, magnitude, percent } from '../src/report/words/wording.js';
import type { Job } from '../src/model/trial/job.js';
import { ensureToolchain } from '../src/toolchain/ensure-toolchain.js';
import { archiveRows, archiveSwitchedJob } from './archive-effects.js';
import { baselineBatchMs, delayedBy, delayedJob, holds, plantedDelay } from './delayed-job.js';
import { carryOverRow, noiseRows } from './real-noise.js';
import { sessionRows } from './session-rows.js';
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
const results = kept ?? mkdtempSync(join(tmpdir(), 'streamtune-validation-'));
const parts: Readonly<Record<string, () => Promise<ValidationRow[]>>> = {
  effects: async () => {
    const planted = await play('planted');
    const large = await play('large');
    const burned = new Set<string>();
    const burner = await play('burner', burn(burned));
    return [...plantedRows(planted), ...largeRows(large), ...burnerRows(burner, burned)];
  },
  noise: async () => {
    const model = await play('carry-over');
    return [...noiseRows(model, 'short trials'), carryOverRow(model)];
  },
  session: async () => {
    const cold = await play('session');
    return sessionRows(cold, await play('session', undefined, { executor: 'session' }));
  },
  long: async () => noiseRows(await play('long'), 'trials of three minutes'),
  archive: async () => {
    const { java } = await ensureToolchain({ host, onStep: () => undefined });
    return archiveRows(
      await play('archive', undefined, {
        changedJob: (job) => archiveSwitchedJob(job, java.home),
      }),
    );
  },
};

try {
  const asked = process.argv.slice(2);
  for (const [part, measure] of Object.entries(parts)) {
    if (asked.length > 0 && !asked.includes(part)) continue;
    const rows = await measure();
    if (process.env['STREAMTUNE_BLOCKS'] === undefined) writeTable(`real-${part}`, rows);
    for (const { ok, id, what, figure } of rows) {
      process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${id} ${what}: ${figure}\n`);
      if (!ok) process.exitCode = 1;
    }
  }
} finally {
  if (kept === undefined) rmSync(results, { recursive: true, force: true });
}

async function play(
  name: string,
  onEvent: (event: RunEvent) => void = () => undefined,
  {
    changedJob = delayedJob,
    executor = 'submit',
  }: { readonly changedJob?: (job: Job) => Job; readonly executor?: string } = {},
): Promise<ReportModel> {
  const file = projectPath(`validation/spark/${name}.yaml`);
  const changed = `${readFileSync(file, 'utf8')}executor: ${executor}\n`;
  const given = await prepareRun(file, { host, changed, overrides: blocksOf(name) });
  const prepared = { ...given, job: changedJob(given.job) };
  const observer: RunObserver = {
    notify: (event) => {
      onEvent(event);
      if (event.kind !== 'trial-ended') return;
      const { trial, measurement } = event.ended;
      const rowsPerSecond = String(Math.round(measurement?.rowsPerSecond ?? 0));
      host.err.write(`${name} ${trial.id} ${rowsPerSecond} rows/s\n`);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const backend = await sparkBackend(prepared, { host, observer });
  const { model } = await startRun(prepared, backend, { host, observer, resultsRoot: results });
  return model;
}

/** As many blocks as are asked for, where a part can be tried out. */
function blocksOf(name: string): { readonly blocks?: number } {
  const asked = process.env['STREAMTUNE_BLOCKS'];
  return name === 'session' && asked !== undefined ? { blocks: Number(asked) } : {};
}

function plantedRows(model: ReportModel): ValidationRow[] {
  const { control, sd, unadjustedSd, minimumDetectable, canary, blocks } = model.sensitivity;
  const delayed = effect(model, plantedDelay);
  const nothing = effect(model, 'spark.streamtune.nothing');
  const truth = delayedBy(model, 60);
  const noise = (value: number | null) =>
    value === null ? 'not known' : magnitude(Math.exp(value) - 1);
  return [
    {
      id: 'V14',
      what: `the baseline against itself, ${String(blocks)} blocks`,
      limit: 'passed',
      figure: control === null ? 'not run' : controlCell(control).replace('\n', ', '),
      ok: control?.result === 'passed',
    },
    {
      id: 'V14',
      what: 'a key that nobody reads',
      limit: 'no claim',
      figure: text(nothing),
      ok: isNoClaim(nothing),
    },
    {
      id: 'V14',
      what: 'noise between blocks, without and with the canary; smallest detectable change',
      limit: 'published',
      figure: `${noise(unadjustedSd)} and ${noise(sd)}, slope ${canary?.slope?.toFixed(2) ?? 'none'}; ${minimumDetectable === null ? 'not known' : magnitude(minimumDetectable)}`,
      ok: sd !== null,
    },
    {
      id: 'canary',
      what: 'share of the measured time that the job stood still for it',
      limit: '≤ 5 %',
      figure: canary === null ? 'not read' : magnitude(canary.frozenShare),
      ok: canary !== null && canary.frozenShare <= 0.05,
    },
    {
      id: 'V15',
      what: `60 ms more in each batch of ${baselineBatchMs(model).toFixed(0)} ms: the truth is ${percent(truth)}`,
      limit: 'the interval holds the truth',
      figure: text(delayed),
      ok: delayed !== null && holds(delayed, truth),
    },
  ];
}

function largeRows(model: ReportModel): ValidationRow[] {
  const verdict = effect(model, 'spark.sql.shuffle.partitions');
  return [
    {
      id: 'V15',
      what: '200 shuffle partitions instead of 2, 3 blocks',
      limit: 'worse',
      figure: text(verdict),
      ok: verdict?.kind === 'worse',
    },
  ];
}

function burnerRows(model: ReportModel, burned: ReadonlySet<string>): ValidationRow[] {
  const candidates = model.rows.map(({ throughput }) => throughput).filter((one) => one !== null);
  const { disturbed } = model.sensitivity;
  const found = [...burned].filter((id) => disturbed.includes(id)).length;
  return [
    {
      id: 'V16',
      what: `another program takes both processors during ${String(burned.size)} of ${String(model.endedTrials)} trials; no configuration differs`,
      limit: 'no claim',
      figure: candidates.map(text).join('; '),
      ok: candidates.every(isNoClaim),
    },
    {
      id: 'V16',
      what: 'those trials are named as disturbed',
      limit: 'all',
      figure: `${String(found)} of ${String(burned.size)}, and ${String(disturbed.length - found)} others`,
      ok: found === burned.size,
    },
  ];
}

/** Loads both processors during every fifth trial, and records which. */
function burn(burned: Set<string>): (event: RunEvent) => void {
  let started = 0;
  let burners: ChildProcess[] = [];
  return (event) => {
    if (event.kind === 'trial-started') {
      started += 1;
      if (started % 5 !== 3) return;
      burned.add(event.trial.id);
      burners = [1, 2].map(() => spawn('python3', ['-c', 'while True: pass'], { stdio: 'ignore' }));
    }
    if (event.kind !== 'trial-ended') return;
    for (const burner of burners) burner.kill('SIGKILL');
    burners = [];
  };
}

/** The effect of a factor's only other level. */
function effect(model: ReportModel, key: string): Verdict | null {
  return model.effects.find((one) => one.key === key)?.throughput ?? null;
}

function isNoClaim(verdict: Verdict | null): boolean {
  return verdict !== null && verdict.kind !== 'better' && verdict.kind !== 'worse';
}

function text(verdict: Verdict | null): string {
  if (verdict === null) return 'none';
  return verdict.estimate === null
    ? verdict.kind
    : `${verdict.kind}, ${gainText(verdict.estimate)}`;
}
