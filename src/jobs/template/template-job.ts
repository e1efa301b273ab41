import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Experiment, MeasurementSpec } from '../../model/experiment.js';
import type { Job, Submission, TrialFiles, TrialInput } from '../../model/trial/job.js';
import { sparkKafkaOptions } from '../../model/kafka-client-settings.js';
import { bootstrapServersOf } from '../../model/kafka-endpoint.js';
import type { Trial } from '../../model/trial/plan.js';
import { projectPath } from '../../process/project-paths.js';
import { listenerFile } from '../../progress/listener-file.js';
import { pathForDriver } from '../../spark/submit/driver-files.js';
import { launcherEnv, launcherFiles } from '../../spark/submit/launcher.js';
import { resultEnv, type ResultMeasurement } from '../result-env.js';
import { trialPlaces } from '../trial-places.js';
import { windowOf } from '../trial-stops.js';
import { jobParameters } from './job-parameters.js';
import { jobKnobProblems } from './job-knob-problems.js';
import { renderJob, templateFile } from './render-job.js';

type TemplateMeasurement = Pick<MeasurementSpec, 'warmupSeconds'> & ResultMeasurement;

/** The shipped `data_stream.py`, rendered for each trial and run by the launcher. */
export function templateJob(
  measurement: TemplateMeasurement,
  { keep }: Pick<Experiment['job'], 'keep'> = {},
): Job {
  return {
    validate: jobKnobProblems,
    sources: () => [templateFile(), ...launcherFiles()],
    check: () => Promise.resolve([]),
    prepare: (trial, files, input) => prepare(trial, { files, input, measurement, keep }),
    progress: listenerFile,
  };
}

async function prepare(
  trial: Trial,
  {
    files,
    input,
    measurement,
    keep,
  }: {
    readonly files: TrialFiles;
    readonly input: TrialInput;
    readonly measurement: TemplateMeasurement;
    readonly keep: Experiment['job']['keep'];
  },
): Promise<Submission> {
  const { knobs } = trial.configuration;
  const endless = measurement.mode !== 'drain';
  const parameters = jobParameters(knobs, { endless, startingOffsets: input.startingOffsets });
  const job = join(files.directory, 'data_stream.py');
  const radioCodes = projectPath('data/radio_code.json');
  const source = renderJob(parameters, {
    bootstrapServers: bootstrapServersOf(input.endpoint),
    topic: input.topic,
    security: sparkKafkaOptions(input.endpoint),
    outputTopic: parameters.outputTopic ?? input.outputTopic,
    ...trialPlaces(files, keep === undefined ? {} : { keep }),
    radioCodes: pathForDriver(files, radioCodes),
  });
  await writeFile(job, source);
  const [launcher = ''] = launcherFiles();
  const records = recordsToRead(parameters.endsByItself, input, endless);
  const stopAfter = { ...windowOf(measurement), records };
  return {
    application: [launcher, job].map((file) => pathForDriver(files, file)),
    files: [...launcherFiles(), job, radioCodes],
    env: {
      ...launcherEnv(files, { knobs, endpoint: input.endpoint }, stopAfter),
      ...resultEnv(files, input, measurement),
    },
  };
}

/** A topic of somebody else may have grown since the run began, and only its first part is read. */
function recordsToRead(
  endsByItself: boolean,
  { records, startingOffsets }: TrialInput,
  endless: boolean,
): number | undefined {
  return endless || (endsByItself && startingOffsets === undefined) ? undefined : records;
}
