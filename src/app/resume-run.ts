import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readSimulation } from '../config/parse-simulation.js';
import { datasetId } from '../dataset/dataset-id.js';
import { forecast } from '../design/forecast.js';
import { HarnessError, interrupted } from '../model/harness-error.js';
import type { Manifest } from '../model/run-record.js';
import { endLeftOver } from '../process/left-over-group.js';
import { readJournal } from '../store/journal.js';
import { readOpening, simulationFile } from '../store/run-folder.js';
import { removeOtherTrials } from '../store/trial-folder.js';
import type { PreparedRun } from './prepare-run.js';
import { readRun } from './read-run.js';
import { replay } from './replay.js';
import { runOnSpark, type RunOptions, type RunResult } from './run-experiment.js';
import { runManifest } from './run-manifest.js';
import { openSession, type RunSession } from './run-session.js';
import { setUp } from './set-up.js';
import { runInWorld } from './simulate-run.js';

interface ResumeOptions extends Omit<RunOptions, 'resultsRoot'> {
  /** Goes on even if something has changed since the run began; the journal keeps what. */
  readonly force: boolean;
}

/**
 * Goes on with a run that broke off or was stopped: ends what its dead process has left running, keeps every finished
 * trial, and runs the others in the planned order. Throws RUN_IN_USE, JOURNAL_CORRUPT, RUN_FOLDER_INVALID, and
 * RUN_CHANGED with everything that is no longer as it was.
 */
export async function resumeRun(given: string, options: ResumeOptions): Promise<RunResult> {
  const { host, onEvent } = options;
  const folder = resolve(host.cwd, given);
  await readOpening(folder);
  await using session = await openSession(folder, host);
  const state = replay(await readJournal(folder));
  for (const process of state.processes) {
    if (await endLeftOver(process)) {
      onEvent({
        kind: 'step',
        text: `Ended process ${String(process.pid)}, which the run had left behind`,
      });
    }
  }
  const run = await readRun(folder);
  const known = run.trials.filter(({ outcome }) => outcome.kind !== 'canceled');
  await removeOtherTrials(folder, new Set(known.map(({ trial }) => trial.id)));
  const prepared = await preparedAgain(folder);
  const parts = { ...options, folder, manifest: run.manifest, session, known };
  const model =
    run.manifest.simulation === undefined
      ? await resumeOnSpark(prepared, parts)
      : await resumeInWorld(prepared, parts);
  if (host.signal.aborted) throw interrupted();
  return { folder, model };
}

type ResumeParts = ResumeOptions &
  Pick<Parameters<typeof runOnSpark>[1], 'folder' | 'manifest' | 'known'> & {
    readonly session: RunSession;
  };

async function resumeOnSpark(prepared: PreparedRun, parts: ResumeParts) {
  const { host, onEvent, manifest, session, force } = parts;
  const { experiment } = prepared;
  const toolchain = await setUp(host, experiment.sparkVersion, (text) => {
    onEvent({ kind: 'step', text });
  });
  const dataset = await datasetId(experiment.data);
  const now = runManifest({ prepared, toolchain, dataset, startedAt: host.now() });
  const differences = differencesOf(manifest, now);
  if (differences.length > 0 && !force) throw changed(parts.folder, differences);
  await session.journal.append({ kind: 'run-resumed', differences });
  return await runOnSpark(prepared, { ...parts, toolchain, dataset });
}

async function resumeInWorld(prepared: PreparedRun, parts: ResumeParts) {
  const simulation = await readSimulation(simulationFile(parts.folder));
  await parts.session.journal.append({ kind: 'run-resumed', differences: [] });
  return await runInWorld(prepared, { ...parts, simulation });
}

/** The run as it was prepared, from its own folder: the experiment file may have changed since. */
async function preparedAgain(folder: string): Promise<PreparedRun> {
  const { experiment, plan, manifest } = await readOpening(folder);
  const file = join(folder, 'experiment.yaml');
  return {
    file,
    text: await readFile(file, 'utf8'),
    experiment,
    plan,
    findings: [],
    knobLines: new Map(),
    forecast: forecast(plan, experiment),
    argumentsText: manifest.command.replace(/^streamtune run /, ''),
  };
}

/** What makes trials of before and after comparable, and is no longer the same. */
function differencesOf(before: Manifest, now: Manifest): string[] {
  const pairs: readonly (readonly [what: string, before: unknown, now: unknown])[] = [
    ['the experiment', before.hashes.experiment, now.hashes.experiment],
    ['the plan', before.hashes.plan, now.hashes.plan],
    ['the job', before.hashes.job, now.hashes.job],
    ['the data', before.hashes.dataset, now.hashes.dataset],
    ['Spark', before.versions.spark, now.versions.spark],
    ['Kafka', before.versions.kafka, now.versions.kafka],
    ['Java', before.versions.java, now.versions.java],
    ['Python', before.versions.python, now.versions.python],
    ['the broker', before.broker, now.broker],
    ['the processor', before.machine.cpuModel, now.machine.cpuModel],
    ['the number of processors', before.machine.cpuCount, now.machine.cpuCount],
    ['the memory', before.machine.memoryBytes, now.machine.memoryBytes],
  ];
  return pairs
    .filter(([, old, current]) => old !== current)
    .map(([what, old, current]) => `${what} was ${String(old)} and is ${String(current)}`);
}

function changed(folder: string, differences: readonly string[]): HarnessError {
  return new HarnessError({
    code: 'RUN_CHANGED',
    message: `The run in ${folder} cannot go on as it was: ${differences.join('; ')}.`,
    hint: 'Put it back as it was, or go on all the same with --force, which the journal keeps.',
  });
}
