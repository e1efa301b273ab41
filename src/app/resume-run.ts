import { resolve } from 'node:path';
import { readSimulation } from '../config/parse-simulation.js';
import { datasetId } from '../dataset/dataset-id.js';
import { forecast } from '../design/forecast.js';
import { HarnessError, interrupted } from '../model/harness-error.js';
import type { Manifest } from '../model/run-record.js';
import { endLeftOver } from '../process/left-over-group.js';
import { readJournal } from '../store/journal.js';
import {
  experimentFile,
  readOpening,
  simulationFile,
  type RunOpening,
} from '../store/run-folder.js';
import type { PreparedRun } from './prepare-run.js';
import { readTrials } from './read-run.js';
import { replay } from './replay.js';
import type { OpenRun, RunOptions, RunResult } from './open-run.js';
import { runOnSpark, secretsOf } from './run-experiment.js';
import { runManifest } from './run-manifest.js';
import { openSession } from './run-session.js';
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
  const opening = await readOpening(folder);
  await using session = await openSession(folder, host);
  const entries = await readJournal(folder);
  if (entries.length === 0) throw withoutJournal(folder);
  const state = replay(entries);
  for (const process of state.processes) {
    if (!(await endLeftOver(process))) continue;
    const text = `Ended process ${String(process.pid)}, which the run had left behind`;
    onEvent({ kind: 'step', text });
  }
  const run = await readTrials(folder, opening, state);
  const known = run.trials.filter(({ outcome }) => outcome.kind !== 'canceled');
  const prepared = preparedAgain(folder, opening);
  const parts = { ...options, folder, manifest: run.manifest, session, known, resumes: [] };
  const model =
    run.manifest.simulation === undefined
      ? await resumeOnSpark(prepared, parts)
      : await resumeInWorld(prepared, parts);
  if (host.signal.aborted) throw interrupted();
  return { folder, model };
}

type ResumeParts = ResumeOptions & OpenRun;

async function resumeOnSpark(prepared: PreparedRun, parts: ResumeParts) {
  const { host, onEvent, manifest, force } = parts;
  const { experiment } = prepared;
  const secrets = await secretsOf(prepared, host);
  const toolchain = await setUp(host, experiment.sparkVersion, (text) => {
    onEvent({ kind: 'step', text });
  });
  const dataset = await datasetId(experiment.data);
  const now = runManifest({ prepared, toolchain, dataset, startedAt: host.now() });
  const differences = differencesOf(manifest, now);
  if (differences.length > 0 && !force) throw changed(parts.folder, differences);
  const resumes = await noteResume(parts, differences);
  return await runOnSpark(prepared, { ...parts, resumes, toolchain, dataset, secrets });
}

async function resumeInWorld(prepared: PreparedRun, parts: ResumeParts) {
  const { simulation } = await readSimulation(simulationFile(parts.folder));
  const resumes = await noteResume(parts, []);
  return await runInWorld(prepared, { ...parts, resumes, simulation });
}

/** Writes into the journal that the run goes on, and reads from it how often it has. */
async function noteResume({ folder, session }: OpenRun, differences: readonly string[]) {
  await session.journal.append({ kind: 'run-resumed', differences });
  return replay(await readJournal(folder)).resumes;
}

/** The run as it was prepared, from its own folder: the experiment file may have changed since. */
function preparedAgain(folder: string, opening: RunOpening): PreparedRun {
  const { text, experiment, plan, manifest } = opening;
  return {
    file: experimentFile(folder),
    text,
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

/** Without a journal nobody can tell what the run has done; the first entry of a new one would hide its trials. */
function withoutJournal(folder: string): HarnessError {
  return new HarnessError({
    code: 'RUN_FOLDER_INVALID',
    message: `${folder} has no journal, so it cannot go on.`,
    hint: 'Nothing had begun, or an older streamtune has made it: run it anew. `streamtune report DIR` shows what there is.',
  });
}
