import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JarJob, MeasurementSpec } from '../../model/experiment.js';
import type { Assignment } from '../../model/knob.js';
import type { Job, Submission, TrialFiles, TrialInput } from '../../model/trial/job.js';
import { pathForDriver } from '../../spark/submit/driver-files.js';
import { eventLogProgress } from '../../progress/event-log/event-log-progress.js';
import { referencesOf, withValues } from '../script/knob-references.js';
import { trialPlaces } from '../trial-places.js';
import { windowOf } from '../trial-stops.js';
import { checkJar } from './check-jar.js';
import { jarKnobProblems } from './jar-knob-problems.js';
import { tellSettings, writeGiven } from './jar-settings.js';

type JarMeasurement = Pick<MeasurementSpec, 'mode' | 'windowSeconds' | 'warmupSeconds'>;

/** Somebody's program for the JVM, unchanged: it is observed by Spark's event log, and ended from outside. */
export function jarJob(measurement: JarMeasurement, job: JarJob): Job {
  return {
    validate: (knobs) => jarKnobProblems(job, knobs),
    sources: () => [job.jar],
    check: (python, signal) => checkJar(job, python, signal),
    prepare: (trial, files, input) =>
      prepare(trial.configuration.knobs, { files, input, measurement, job }),
    progress: eventLogProgress({ folderOf: eventLogFolder, onSettings: tellSettings }),
  };
}

interface TrialParts {
  readonly files: TrialFiles;
  readonly input: TrialInput;
  readonly measurement: JarMeasurement;
  readonly job: JarJob;
}

async function prepare(
  knobs: Assignment,
  { files, input, measurement, job }: TrialParts,
): Promise<Submission> {
  const { checkpoint, output } = trialPlaces(files, job);
  const references = referencesOf(input, { checkpoint, output });
  const inText = (text: string) => withValues(text, knobs, references);
  await mkdir(eventLogFolder(files), { recursive: true });
  await writeGiven(files, knobs);
  const env = Object.fromEntries(
    Object.entries(job.env).map(([key, text]) => [key, inText(text)] as const),
  );
  return {
    application: [
      ...(job.mainClass === undefined ? [] : ['--class', job.mainClass]),
      pathForDriver(files, job.jar),
      ...job.args.map(inText),
    ],
    files: [job.jar],
    conf: confOf(files, checkpoint),
    endAfter: {
      ...windowOf(measurement),
      records: measurement.mode === 'drain' ? input.records : undefined,
      query: job.query,
    },
    env,
  };
}

/** A fresh checkpoint for queries that name none, and the event log: in one plain file unless a knob says otherwise. */
function confOf(files: TrialFiles, checkpoint: string): Record<string, string> {
  return {
    'spark.sql.streaming.checkpointLocation': checkpoint,
    'spark.eventLog.enabled': 'true',
    'spark.eventLog.dir': pathToFileURL(eventLogFolder(files)).href,
    'spark.eventLog.rolling.enabled': 'false',
    'spark.eventLog.compress': 'false',
  };
}

/** It goes with the trial. */
function eventLogFolder({ scratch, driver }: TrialFiles): string {
  return join(driver ?? scratch, 'event-log');
}
