import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sha256 } from '../machine/describe-machine.js';
import type { Experiment } from '../model/experiment.js';
import { HarnessError } from '../model/harness-error.js';
import type { Manifest } from '../model/run/run-record.js';
import type { Plan } from '../model/trial/plan.js';
import { fileProblem } from '../process/files/file-problem.js';
import { journalCorrupt } from './journal.js';
import type { JournalEntry } from './journal-line.js';
import { parseStored, readStoredFile, runDamaged } from './run-damaged.js';
import { experimentFile, simulationFile } from './run-folder.js';
import { storedProblem } from './stored-schema.js';
import { writeRunFile } from './write-run-file.js';

/** What is known about a run before its first trial. */
export interface RunOpening {
  readonly manifest: Manifest;
  readonly experiment: Experiment;
  /** The experiment file as its author wrote it. */
  readonly text: string;
  readonly plan: Plan;
  /** The model file of a simulated run. */
  readonly simulationText?: string;
}

/** `manifest.json`: the manifest with the SHA-256 of the files that are written once, by name. */
interface StoredManifest extends Manifest {
  readonly files: Readonly<Record<string, string>>;
}

/** The supported `manifest.formatVersion`. */
const layout = 4;

/** Writes everything that is known before the first trial, and returns the SHA-256 of `manifest.json`. */
export async function writeOpening(folder: string, opening: RunOpening): Promise<string> {
  const { manifest, experiment, plan, text, simulationText } = opening;
  const files = new Map([[planFile(folder), asJson({ experiment, plan })]]);
  if (simulationText !== undefined) files.set(simulationFile(folder), simulationText);
  const hashes = [...files].map(([file, content]) => [basename(file), sha256(content)]);
  const stored = asJson({ ...manifest, files: Object.fromEntries(hashes) as object });
  await writeRunFile(manifestFile(folder), stored);
  await writeRunFile(experimentFile(folder), text);
  for (const [file, content] of files) await writeRunFile(file, content);
  return sha256(stored);
}

/**
 * Reads what `writeOpening` wrote. Throws RUN_FOLDER_INVALID for any other folder, and RUN_DAMAGED if a file is not
 * what the manifest says.
 */
export async function readOpening(folder: string): Promise<RunOpening> {
  await refuseOthers(folder);
  const { files, ...manifest } = await readManifest(folder);
  const planText = await readHashed(planFile(folder), files['plan.json']);
  if (manifest.simulation !== undefined) {
    await readHashed(simulationFile(folder), files['simulation.yaml']);
  }
  const { experiment, plan } = planOf(planFile(folder), planText);
  return { manifest, experiment, plan, text: await readStoredFile(experimentFile(folder)) };
}

/**
 * Compares the manifest with the hash in the first line of the run's journal. Throws RUN_DAMAGED, and JOURNAL_CORRUPT
 * for a journal that does not begin with the run.
 */
export async function checkManifest(folder: string, first: JournalEntry): Promise<void> {
  const { event } = first;
  if (event.kind !== 'run-started') {
    throw journalCorrupt(folder, 1, 'the journal does not begin with the start of the run');
  }
  await readHashed(manifestFile(folder), event.manifest);
}

async function readHashed(file: string, hash: string | undefined): Promise<string> {
  const text = await readStoredFile(file);
  if (sha256(text) !== hash) throw runDamaged(file, 'it was changed after the run wrote it');
  return text;
}

async function readManifest(folder: string): Promise<StoredManifest> {
  const file = manifestFile(folder);
  const manifest = parseStored(file, await readStoredFile(file)) as StoredManifest | null;
  const version: unknown = manifest?.formatVersion;
  if (typeof version === 'number' && version !== layout) {
    throw invalid(
      `${folder} is not a run folder of this streamtune: its layout is ${String(version)}, not ${String(layout)}`,
      'Read it with the streamtune that made it; its manifest.json has the version.',
    );
  }
  const problem = storedProblem('manifest', manifest);
  if (problem !== undefined) throw runDamaged(file, problem);
  return manifest as StoredManifest;
}

function planOf(file: string, text: string): Pick<RunOpening, 'experiment' | 'plan'> {
  const written = parseStored(file, text);
  const problem = storedProblem('plan', written);
  if (problem !== undefined) throw runDamaged(file, problem);
  return written as Pick<RunOpening, 'experiment' | 'plan'>;
}

/** Tells what is not a run's folder at all from one that is damaged. */
async function refuseOthers(folder: string): Promise<void> {
  const kind = await stat(folder).catch((error: unknown) => {
    throw invalid(`${folder} is not a run folder: ${fileProblem(error).text}`);
  });
  if (!kind.isDirectory()) throw invalid(`${folder} is a file, not a run folder`);
  const names = await readdir(folder).catch((error: unknown) => {
    throw invalid(`${folder} cannot be read: ${fileProblem(error).text}`);
  });
  if (names.length === 0) throw invalid(`${folder} is not a run folder: it is empty`);
  if (names.includes('manifest.json') || existsSync(planFile(folder))) return;
  throw invalid(`${folder} is not a run folder: it has no manifest.json`);
}

function invalid(message: string, hint?: string): HarnessError {
  return new HarnessError({
    code: 'RUN_FOLDER_INVALID',
    message: `${message}.`,
    hint: hint ?? 'Give a run folder, as `streamtune run` creates them in results/.',
  });
}

function manifestFile(folder: string): string {
  return join(folder, 'manifest.json');
}

function planFile(folder: string): string {
  return join(folder, 'plan.json');
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
