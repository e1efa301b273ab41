import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StopAfter, TrialFiles } from '../../model/trial/job.js';
import type { LaunchContext } from '../../model/trial/executor.js';
import type { Trial } from '../../model/trial/plan.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import { targetOf } from '../../model/target.js';
import type { Command } from '../../process/command.js';
import { bringFiles, endpointForDriver } from '../../spark/submit/driver-files.js';
import { linkSparkHome } from '../../spark/submit/local-cluster-home.js';
import { writeSparkConf } from '../../spark/submit/logging-conf.js';
import { submitCommand } from '../../spark/submit/submit-command.js';
import { jarsForYarn } from '../cluster/jars-for-yarn.js';
import { withSecrets } from '../trial/with-secrets.js';
import type { SubmitSettings } from './submit-settings.js';

/** A trial that is ready to be submitted. */
export interface Prepared {
  readonly command: Command;
  /** The topic that holds the trial's records. */
  readonly topic: string;
  readonly endAfter: StopAfter;
}

/** The same, with all that belongs to its trial. */
export interface Submitted extends Prepared {
  readonly settings: SubmitSettings;
  readonly trial: Trial;
  readonly files: TrialFiles;
  readonly context: LaunchContext;
  readonly onEvent: (event: ProgressEvent) => void;
}

/** Writes the trial's files and returns the command; `request.json` records it without the passwords. */
export async function prepareCommand(
  { job, environmentOf, env, secrets, inputOf, shared }: SubmitSettings,
  trial: Trial,
  files: TrialFiles,
): Promise<Prepared> {
  const { knobs } = trial.configuration;
  const input = inputOf(trial);
  const { topic, records } = input;
  const endpoint = endpointForDriver(files, input.endpoint);
  const target = targetOf(knobs);
  await writeSparkConf(files, target);
  const submission = await job.prepare(trial, files, { ...input, endpoint });
  const environment = environmentOf(knobs);
  await linkSparkHome(files, target, environment.toolchain);
  const { connectorJars } = environment.toolchain.spark;
  const { ca } = input.endpoint.security.tls ?? {};
  const authority = ca === undefined ? [] : [ca];
  await bringFiles(files, [...submission.files, ...connectorJars, ...authority]);
  const sparkJars = await jarsForYarn(knobs, shared, environment.toolchain);
  const command = submitCommand({ ...environment, env, knobs, files, submission, sparkJars });
  const request = { trial, topic, records, command };
  await writeFile(join(files.directory, 'request.json'), `${JSON.stringify(request, null, 2)}\n`);
  return {
    command: withSecrets(command, secrets, { knobs, endpoint }),
    topic,
    endAfter: submission.endAfter ?? {},
  };
}
