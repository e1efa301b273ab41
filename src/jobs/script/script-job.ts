import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MeasurementSpec, ScriptJob } from '../../model/experiment.js';
import type { Assignment } from '../../model/knob.js';
import type { Job, Submission, TrialFiles, TrialInput } from '../../model/trial/job.js';
import { listenerFile } from '../../progress/listener-file.js';
import { pathForDriver } from '../../spark/submit/driver-files.js';
import { launcherEnv, launcherFiles, scriptRunFiles } from '../../spark/submit/launcher.js';
import { resultEnv, type ResultMeasurement } from '../result-env.js';
import { windowOf } from '../trial-stops.js';
import { checkScript } from './check-script.js';
import { givenValues } from './given-values.js';
import { referencesOf, withValues } from './knob-references.js';
import { scriptKnobProblems } from './script-knob-problems.js';

type ScriptMeasurement = Pick<MeasurementSpec, 'warmupSeconds'> & ResultMeasurement;

/** Somebody's PySpark file, unchanged; the launcher puts the trial's values in place of what it hard-codes. */
export function scriptJob(measurement: ScriptMeasurement, job: ScriptJob): Job {
  return {
    validate: (knobs) => scriptKnobProblems(job, knobs),
    sources: () => [job.script, ...job.pyFiles, ...launcherFiles(), ...scriptRunFiles()],
    check: (python, signal) => checkScript(job, python, signal),
    prepare: (trial, files, input) =>
      prepare(trial.configuration.knobs, { files, input, measurement, job }),
    progress: listenerFile,
  };
}

interface TrialParts {
  readonly files: TrialFiles;
  readonly input: TrialInput;
  readonly measurement: ScriptMeasurement;
  readonly job: ScriptJob;
}

async function prepare(knobs: Assignment, parts: TrialParts): Promise<Submission> {
  const { files, input, measurement, job } = parts;
  const given = givenValues({ job, knobs, files, input, mode: measurement.mode });
  const forDriver = (path: string) => pathForDriver(files, path);
  const file = join(files.directory, 'given.json');
  await writeFile(file, `${JSON.stringify(given, null, 2)}\n`);
  const references = referencesOf(input, given);
  const inText = (text: string) => withValues(text, knobs, references);
  const [launcher = ''] = launcherFiles();
  const records = recordsOf(given, input, measurement);
  const env: Record<string, string | undefined> = {};
  for (const [key, text] of Object.entries(job.env)) env[key] = inText(text);
  return {
    application: [
      ...(job.pyFiles.length === 0 ? [] : ['--py-files', job.pyFiles.map(forDriver).join(',')]),
      ...[launcher, job.script].map(forDriver),
      ...job.args.map(inText),
    ],
    files: [...launcherFiles(), ...scriptRunFiles(), job.script, ...job.pyFiles, file],
    directory: dirname(job.script),
    env: {
      ...env,
      ...launcherEnv(
        files,
        { knobs, endpoint: input.endpoint },
        { ...windowOf(measurement), records },
      ),
      ...resultEnv(files, input, measurement),
      STREAMTUNE_SCRIPT: forDriver(file),
      STREAMTUNE_QUERY: job.query,
    },
  };
}

/**
 * Records after which to stop: none if the trial's own trigger ends the query, or if a producer goes on. A topic of
 * somebody else may have grown since the run began, and only its first part is read.
 */
function recordsOf(
  { override, trigger: [argument] }: ReturnType<typeof givenValues>,
  { records, startingOffsets }: TrialInput,
  { mode }: ScriptMeasurement,
): number | undefined {
  const endsByItself =
    startingOffsets === undefined &&
    override.includes('trigger') &&
    ['availableNow', 'once'].includes(argument);
  return endsByItself || mode !== 'drain' ? undefined : records;
}
