import { resolve } from 'node:path';
import { analyseRun } from '../analysis/analyse-run.js';
import { jobOf } from '../jobs/job-of.js';
import { HarnessError } from '../model/harness-error.js';
import type { RunObserver } from '../model/run/run-event.js';
import type { RunRecord } from '../model/run/run-record.js';
import type { ProcessIdentity } from '../model/process-identity.js';
import { endLeftOver } from '../process/groups/left-over-group.js';
import { openRunFolder, type OwnedFolder } from '../store/open-run-folder.js';
import { experimentFile, simulationFile } from '../store/run-folder.js';
import { readOpening, type RunOpening } from '../store/run-opening.js';
import { simulatedBackend } from './backends/simulated-backend.js';
import { sparkBackend } from './backends/spark-backend.js';
import { endRun, missingEnd } from './ending/end-run.js';
import { playRun } from './play-run.js';
import { forecastOf, hashesOf, type PreparedRun } from './prepare-run.js';
import { readSteps, readTrials } from './stored/read-run.js';
import { replay, type ReplayedRun } from './replay.js';
import { differencesOf } from './run-manifest.js';
import type { RunOptions, FinishedRun } from './run-options.js';
import { lacksReports, writeAnswers, writeReports } from './ending/write-reports.js';

interface ResumeOptions extends RunOptions {
  /** Resumes even if something has changed since the run began; the journal records what. */
  readonly force: boolean;
}

/**
 * Resumes a run that crashed or was stopped: stops the processes that a crash left running, keeps every finished trial,
 * and runs the others in the decided order. Starts nothing where every trial has ended. Throws RUN_IN_USE,
 * JOURNAL_CORRUPT, RUN_FOLDER_INVALID, RUN_DAMAGED, and RUN_CHANGED with everything that has changed.
 */
export async function resumeRun(given: string, options: ResumeOptions): Promise<FinishedRun> {
  const { host, observer, force } = options;
  const path = resolve(host.cwd, given);
  const opening = await readOpening(path);
  const { manifest, plan } = opening;
  const recorded = replay(await readSteps(path, plan), plan);
  if (recorded.end === 'complete') return await nothingLeft(path, opening, recorded);
  await using folder = await openRunFolder(path, host);
  const entries = await readSteps(path, plan);
  if (entries.length === 0) throw withoutJournal(path);
  const state = replay(entries, plan);
  await endLeftOvers(state.processes, observer);
  const run = await readTrials(path, opening, state);
  const kept = run.trials.filter(({ outcome }) => outcome.kind !== 'canceled');
  const before = { ...run, state: 'running', trials: kept } as const;
  const end = missingEnd(before, state.end);
  if (end !== undefined) {
    observer.notify({ kind: 'run-opened', folder: path });
    const text =
      'Every trial had ended: only the end of the run is recorded, and nothing is started.';
    observer.notify({ kind: 'step', text });
    return await endRun({ folder, record: await noteResume(folder, before, []) }, end, options);
  }
  const prepared = preparedAgain(path, opening);
  const simulated = manifest.simulation !== undefined;
  const backend = simulated
    ? await simulatedBackend(prepared, simulationFile(path), host)
    : await sparkBackend(prepared, { host, observer, resumed: manifest });
  const differences = differencesOf(manifest, backend.identity);
  if (differences.length > 0 && !force) throw changed(path, differences);
  const record = await noteResume(folder, before, differences);
  return await playRun({ prepared, backend, folder, record }, options);
}

/** Journals that a run is resumed, and returns it with that. */
async function noteResume(
  { path, journal }: OwnedFolder,
  run: RunRecord,
  differences: readonly string[],
): Promise<RunRecord> {
  await journal.append({ kind: 'run-resumed', differences });
  const { resumes } = replay(await readSteps(path, run.plan), run.plan);
  return { ...run, resumes };
}

/** Changes nothing, unless the run crashed between its end and its reports. */
async function nothingLeft(
  path: string,
  opening: RunOpening,
  state: ReplayedRun,
): Promise<FinishedRun> {
  const run = await readTrials(path, opening, state);
  const model = analyseRun(run);
  if (lacksReports(path)) {
    await writeReports(path, run, model);
    await writeAnswers(path, model);
  }
  return { folder: path, model, nothingLeft: true };
}

async function endLeftOvers(
  processes: readonly ProcessIdentity[],
  observer: RunObserver,
): Promise<void> {
  for (const process of processes) {
    if (!(await endLeftOver(process))) continue;
    const text = `Stopped process ${String(process.pid)}, left behind by the crashed run`;
    observer.notify({ kind: 'step', text });
  }
}

/** The run as it was prepared, from its own folder: the experiment file may have changed since. */
function preparedAgain(
  path: string,
  { text, experiment, plan, manifest }: RunOpening,
): PreparedRun {
  const { data } = manifest;
  return {
    file: experimentFile(path),
    text,
    hashes: hashesOf(text, plan),
    experiment,
    plan,
    job: jobOf(experiment),
    findings: [],
    data,
    forecast: forecastOf(plan, experiment, data.records),
  };
}

function changed(path: string, differences: readonly string[]): HarnessError {
  return new HarnessError({
    code: 'RUN_CHANGED',
    message: `The run in ${path} cannot be resumed, because something changed: ${differences.join('; ')}.`,
    hint: 'Undo the change, or resume anyway with --force; the journal and the report will say so.',
  });
}

/** Without a journal nobody can tell what the run has done; a new journal would hide its trials. */
function withoutJournal(path: string): HarnessError {
  return new HarnessError({
    code: 'RUN_FOLDER_INVALID',
    message: `${path} has no journal, so it cannot be resumed.`,
    hint: 'Nothing had started, or the journal was removed: start a new run. `streamtune report DIR` shows what is there.',
  });
}
