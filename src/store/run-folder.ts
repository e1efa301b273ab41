import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../model/harness-error.js';
import type { Experiment } from '../model/experiment.js';
import type { Plan } from '../model/trial/plan.js';
import type { Manifest } from '../model/run/run-record.js';
import { writeFileSafely } from '../process/write-file-safely.js';

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

/**
 * Creates `ROOT/YYYY-MM-DDTHH-MM-SS-NAME`, accessible to its owner only, and returns its path. A second run in the same
 * second gets `-2`, and so on. Throws RESULTS_UNWRITABLE.
 */
export async function createRunFolder(
  root: string,
  name: string,
  startedAt: number,
): Promise<string> {
  try {
    await mkdir(root, { recursive: true });
  } catch (error) {
    throw unwritable(root, error);
  }
  const stamp = new Date(startedAt).toISOString().slice(0, 19).replaceAll(':', '-');
  for (let attempt = 1; ; attempt += 1) {
    const suffix = attempt === 1 ? '' : `-${String(attempt)}`;
    const folder = join(root, `${stamp}-${name}${suffix}`);
    try {
      await mkdir(folder, { mode: 0o700 });
      await mkdir(join(folder, 'trials'), { mode: 0o700 });
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt >= 100)
        throw unwritable(folder, error);
    }
  }
}

function unwritable(folder: string, cause: unknown): HarnessError {
  return new HarnessError({
    code: 'RESULTS_UNWRITABLE',
    message: `${folder} cannot be created: ${messageOf(cause)}.`,
    hint: 'Choose a writable folder with --results.',
    cause,
  });
}

/** Removes the folder of a run that ended before its first trial: it holds nothing to read. */
export async function removeIfNothingRan(folder: string): Promise<void> {
  const trials = await readdir(join(folder, 'trials')).catch(() => []);
  if (trials.length === 0) await rm(folder, { recursive: true, force: true });
}

/** The copy of a simulated run's model. */
export function simulationFile(folder: string): string {
  return join(folder, 'simulation.yaml');
}

/** The experiment file as it was when the run began. */
export function experimentFile(folder: string): string {
  return join(folder, 'experiment.yaml');
}

/** The file that identifies the owner of a run folder, by pid and start time. */
export function lockFileOf(folder: string): string {
  return join(folder, 'run.lock');
}

/** The contents of `plan.json`. */
type WrittenPlan = Pick<RunOpening, 'experiment' | 'plan'>;

/** The supported `manifest.formatVersion`. */
const layout = 2;

/** Writes everything that is known before the first trial. */
export async function writeOpening(folder: string, opening: RunOpening): Promise<void> {
  await writeFileSafely(join(folder, 'manifest.json'), asJson(opening.manifest));
  await writeFileSafely(experimentFile(folder), opening.text);
  const { experiment, plan, simulationText } = opening;
  if (simulationText !== undefined) {
    await writeFileSafely(simulationFile(folder), simulationText);
  }
  await writeFileSafely(join(folder, 'plan.json'), asJson({ experiment, plan }));
}

/** Reads what `writeOpening` wrote. Throws RUN_FOLDER_INVALID for any other folder. */
export async function readOpening(folder: string): Promise<RunOpening> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
    const version: number = manifest.formatVersion;
    if (version !== layout)
      throw new Error(`its layout is ${String(version)}, not ${String(layout)}`);
    const planText = await readFile(join(folder, 'plan.json'), 'utf8');
    const { experiment, plan } = asPlan(JSON.parse(planText));
    const text = await readFile(experimentFile(folder), 'utf8');
    return { manifest, experiment, plan, text };
  } catch (error) {
    throw new HarnessError({
      code: 'RUN_FOLDER_INVALID',
      message: `${folder} is not a run folder: ${messageOf(error)}.`,
      hint: 'Give a run folder, as `streamtune run` creates them in results/.',
      cause: error,
    });
  }
}

/** Checks the parts that readers rely on without checking. */
function asPlan(value: unknown): WrittenPlan {
  const { experiment, plan } = value as Partial<WrittenPlan>;
  const whole =
    experiment?.measurement !== undefined &&
    Array.isArray(plan?.configurations) &&
    Array.isArray(plan.blocks);
  if (!whole) throw new Error('plan.json holds no plan');
  return { experiment, plan };
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
