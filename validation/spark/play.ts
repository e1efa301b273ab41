import { readFileSync } from 'node:fs';
import { projectPath } from '../../src/process/project-paths.js';
import type { Host } from '../../src/model/host.js';
import type { ReportModel } from '../../src/model/run/report-model.js';
import type { RunEvent, RunObserver } from '../../src/model/run/run-event.js';
import type { Job } from '../../src/model/trial/job.js';
import { sparkBackend } from '../../src/run/backends/spark-backend.js';
import { prepareRun } from '../../src/run/prepare-run.js';
import { startRun } from '../../src/run/start-run.js';

/** What differs from the experiment's file. */
interface Changes {
  readonly changedJob: (job: Job) => Job;
  readonly executor?: 'submit' | 'session';
  readonly blocks?: number;
  readonly onEvent?: (event: RunEvent) => void;
}

/** Plays an experiment of this folder on a real Spark, with a line for each trial, and returns its analysis. */
export async function play(
  name: string,
  { changedJob, executor = 'submit', blocks, onEvent }: Changes,
  { host, resultsRoot }: { readonly host: Host; readonly resultsRoot: string },
): Promise<ReportModel> {
  const file = projectPath(`validation/spark/${name}.yaml`);
  const changed = `${readFileSync(file, 'utf8')}executor: ${executor}\n`;
  const overrides = blocks === undefined ? {} : { blocks };
  const given = await prepareRun(file, { host, changed, overrides });
  const prepared = { ...given, job: changedJob(given.job) };
  const observer: RunObserver = {
    notify: (event) => {
      onEvent?.(event);
      if (event.kind !== 'trial-ended') return;
      const { trial, measurement } = event.ended;
      const rowsPerSecond = String(Math.round(measurement?.rowsPerSecond ?? 0));
      host.err.write(`${name} ${trial.id} ${rowsPerSecond} rows/s\n`);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const backend = await sparkBackend(prepared, { host, observer });
  const { model } = await startRun(prepared, backend, { host, observer, resultsRoot });
  return model;
}
