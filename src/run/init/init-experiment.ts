import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { availableParallelism } from 'node:os';
import { lookAtScript, type ScriptLook } from '../../jobs/script/look-at-script.js';
import { HarnessError } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import { checkExport, writeExport } from '../../process/output/export-file.js';
import { findPython } from '../../toolchain/find-python.js';
import { defaultSpark } from '../../toolchain/versions.js';
import { draftExperiment, type Wanted } from './draft-experiment.js';
import { draftText, pathFrom } from './draft-text.js';

/** What the user says; paths count from the working directory. */
export interface InitAnswers {
  readonly script?: string;
  readonly file: string;
  readonly records?: number;
  readonly data?: string;
  readonly blocks: number;
  readonly cores?: number;
}

/** Fewer than all: the broker and everything else needs some, and a topic has few partitions. */
const mostCores = 4;

/**
 * Writes an experiment for a script, or for the shipped job, and returns its text. Throws USAGE for a script that is not
 * there, and for an experiment file that is, unless `force` is given.
 */
export async function initExperiment(
  answers: InitAnswers,
  { host, force }: { readonly host: Host; readonly force: boolean },
): Promise<string> {
  const file = resolve(host.cwd, answers.file);
  if (!force && existsSync(file)) {
    throw new HarnessError({
      code: 'USAGE',
      message: `${answers.file} exists, and is left as it is.`,
      hint: 'Give --force to replace it, or another name with --out.',
    });
  }
  const script = answers.script === undefined ? undefined : resolve(host.cwd, answers.script);
  if (script !== undefined) refuseMissing(script);
  const look = script === undefined ? undefined : await lookIfPossible(script, host);
  const wanted: Wanted = {
    name: nameOf(file),
    cores: answers.cores ?? Math.max(1, Math.min(mostCores, availableParallelism())),
    blocks: answers.blocks,
    ...(script === undefined ? {} : { script: pathFrom(file, script) }),
    ...(answers.records === undefined ? {} : { records: answers.records }),
    ...(answers.data === undefined
      ? {}
      : { data: pathFrom(file, resolve(host.cwd, answers.data)) }),
  };
  const text = draftText(draftExperiment(wanted, look), wanted, look);
  await checkExport(file, '--out');
  await writeExport(file, text);
  return text;
}

function refuseMissing(script: string): void {
  if (statSync(script, { throwIfNoEntry: false })?.isFile() === true) return;
  throw new HarnessError({
    code: 'USAGE',
    message: `${script} is not there, or is no file.`,
    hint: 'Give the path of a PySpark file, or none for the shipped job.',
  });
}

/** Without a Python nothing is seen, and the experiment is as for the shipped job. */
async function lookIfPossible(script: string, host: Host): Promise<ScriptLook | undefined> {
  try {
    const { executable } = await findPython(host, defaultSpark);
    return await lookAtScript(script, executable, host.signal);
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'PYTHON_MISSING') return undefined;
    throw error;
  }
}

/** An experiment's name has small letters, digits and hyphens only. */
function nameOf(file: string): string {
  const name = basename(file)
    .replace(/\.ya?ml$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return name === '' ? 'experiment' : name.slice(0, 60);
}
