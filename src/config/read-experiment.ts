import { dirname, resolve } from 'node:path';
import type { DataSpec, Experiment } from '../model/experiment.js';
import type { Assignment, Level } from '../model/knob.js';
import { secretParts, type SecretReference } from '../model/secret.js';
import { readSource, type SourceFile } from './checked-source.js';
import { withAbsolutePaths } from './parse-kafka.js';
import { parseExperiment } from './parse-experiment.js';

/**
 * Reads an experiment file, or takes `changed` for its text; relative paths of data, job and passwords are resolved against the file's folder. Throws
 * EXPERIMENT_UNREADABLE or EXPERIMENT_INVALID.
 */
export async function readExperiment(
  file: string,
  changed?: string,
): Promise<{ readonly experiment: Experiment; readonly text: string }> {
  const source = changed === undefined ? await readExperimentText(file) : { file, text: changed };
  const { text } = source;
  const folder = dirname(file);
  const experiment = withAbsoluteFiles(
    withAbsoluteSecrets(parseExperiment(source), folder),
    folder,
  );
  const data = withAbsolutePath(experiment.data, folder);
  return { experiment: { ...withAbsoluteHome(experiment, folder), data }, text };
}

function withAbsolutePath(data: DataSpec, folder: string): DataSpec {
  switch (data.kind) {
    case 'generated':
    case 'topic':
      return data;
    case 'file':
      return { ...data, path: resolve(folder, data.path) };
    case 'command':
      return { ...data, folder: resolve(folder) };
  }
}

function withAbsoluteHome(experiment: Experiment, folder: string): Experiment {
  const { sparkHome } = experiment;
  return sparkHome === undefined
    ? experiment
    : { ...experiment, sparkHome: resolve(folder, sparkHome) };
}

/** Reads the text of an experiment file. Throws EXPERIMENT_UNREADABLE. */
export function readExperimentText(file: string): Promise<SourceFile> {
  return readSource(file, 'an experiment file, for example experiments/quick.yaml');
}

/** The experiment with absolute paths for the files of its job. */
function withAbsoluteFiles(experiment: Experiment, folder: string): Experiment {
  const { job } = experiment;
  if (job.kind === 'template') return experiment;
  if (job.kind === 'jar') {
    return { ...experiment, job: { ...job, jar: resolve(folder, job.jar) } };
  }
  const script = resolve(folder, job.script);
  const pyFiles = job.pyFiles.map((file) => resolve(folder, file));
  return { ...experiment, job: { ...job, script, pyFiles } };
}

/** The experiment with absolute paths for its password files. */
function withAbsoluteSecrets(experiment: Experiment, folder: string): Experiment {
  const absolute = (level: Level): Level =>
    typeof level !== 'string'
      ? level
      : secretParts(level)
          .map((part) =>
            typeof part === 'string' || part.kind === 'env'
              ? textOf(part)
              : `\${file:${resolve(folder, part.name)}}`,
          )
          .join('');
  const all = (assignment: Assignment): Assignment =>
    Object.fromEntries(Object.entries(assignment).map(([key, level]) => [key, absolute(level)]));
  const { kafka } = experiment;
  const inText = (text: string) => String(absolute(text));
  return {
    ...experiment,
    ...(kafka === undefined ? {} : { kafka: withAbsolutePaths(kafka, { folder, inText }) }),
    knobs: all(experiment.knobs),
    baseline: all(experiment.baseline),
    exclude: experiment.exclude.map(all),
    factors: experiment.factors.map(({ key, levels }) => ({ key, levels: levels.map(absolute) })),
  };
}

function textOf(part: string | SecretReference): string {
  return typeof part === 'string' ? part : part.text;
}
