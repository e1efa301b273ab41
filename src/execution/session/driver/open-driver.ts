import { join } from 'node:path';
import { splitByHeat } from '../../../knobs/hot-knobs.js';
import type { LaunchContext } from '../../../model/trial/executor.js';
import { targetOf } from '../../../model/target.js';
import type { Submission, TrialFiles } from '../../../model/trial/job.js';
import type { Trial } from '../../../model/trial/plan.js';
import type { Command } from '../../../process/command.js';
import { sessionDriverFiles, sessionEnv } from '../../../spark/session-driver.js';
import { linkSparkHome } from '../../../spark/submit/local-cluster-home.js';
import { writeSparkConf } from '../../../spark/submit/logging-conf.js';
import { submitCommand } from '../../../spark/submit/submit-command.js';
import { jarsForYarn } from '../../cluster/jars-for-yarn.js';
import { watchDriver } from '../../cluster/submitted-driver.js';
import type { SubmitSettings } from '../../submit/submit-settings.js';
import { filesOf } from '../../trial/trial-files.js';
import { withSecrets } from '../../trial/with-secrets.js';
import { startDriver, type Driver } from './driver.js';
import { submissionParts } from '../submission-parts.js';

export interface DriverSettings extends SubmitSettings {
  /** Where drivers keep what Spark spills; deleted with each. */
  readonly scratch: string;
}

interface ToOpen {
  /** The first that it will run; its cold knobs are the driver's. */
  readonly trial: Trial;
  readonly context: LaunchContext;
  /** How many drivers the run has started, with this one. */
  readonly drivers: number;
}

export interface OpenedDriver {
  readonly driver: Driver;
  /** How it was started, without the passwords. */
  readonly command: Command;
  /** The file of the job that it runs. */
  readonly job: string;
}

/** A driver that takes longer to start hangs, however short the trials may be. */
const startSeconds = 60;

/** Starts a driver, cold, with its logs in the folder. */
export async function openDriver(
  settings: DriverSettings,
  { trial, context, drivers }: ToOpen,
  directory: string,
): Promise<OpenedDriver> {
  const { knobs } = trial.configuration;
  const input = settings.inputOf(trial);
  const submission = await settings.job.prepare(trial, filesOf(directory), input);
  const holders = { knobs, endpoint: input.endpoint };
  const scratch = join(settings.scratch, `driver-${String(drivers)}`);
  await writeSparkConf({ scratch }, targetOf(knobs));
  await linkSparkHome({ scratch }, targetOf(knobs), settings.environmentOf(knobs).toolchain);
  const { shared, sparkJars, ...onCluster } = await placeOnCluster(settings, trial, directory);
  let command: Command | undefined;
  const place = { files: { scratch, ...shared }, sparkJars, submission };
  const commandFor = (socket: string) =>
    (command = driverCommand(settings, trial, { ...place, socket }));
  const driver = await startDriver({
    // All its trials have the same passwords, as they differ in their hot knobs only.
    commandFor: (socket) => withSecrets(commandFor(socket), settings.secrets, holders),
    scratch,
    masker: settings.secrets.masker,
    onStart: (pid) => {
      context.onProcess(pid);
    },
    ...onCluster,
    files: {
      stdout: join(directory, 'driver-stdout.log'),
      stderr: join(directory, 'driver-stderr.log'),
    },
    signal: context.signal,
    readyWithinMs: 1_000 * Math.max(startSeconds, settings.measurement.timeLimitSeconds),
  });
  const { job } = submissionParts(submission);
  return { driver, command: command ?? commandFor(''), job };
}

/** What a driver has on a cluster, and what follows and ends that with it. */
async function placeOnCluster(
  { environmentOf, env, shared }: DriverSettings,
  { id, configuration: { knobs } }: Trial,
  directory: string,
) {
  const { toolchain } = environmentOf(knobs);
  const place = shared?.placeOf({ id: `driver-of-${id}` });
  const submitted = watchDriver(targetOf(knobs), { directory }, { toolchain, env });
  return {
    shared: place === undefined ? {} : { shared: place.path },
    sparkJars: await jarsForYarn(knobs, shared, toolchain),
    onLine: submitted.onLine,
    onEnd: async () => {
      await submitted.kill();
      submitted.forget();
      await place?.clear();
    },
  };
}

interface DriverPlace {
  readonly submission: Submission;
  readonly files: Pick<TrialFiles, 'scratch' | 'shared'>;
  readonly sparkJars: string | undefined;
  readonly socket: string;
}

function driverCommand(
  { environmentOf, env, inputOf }: DriverSettings,
  trial: Trial,
  { submission, socket, ...place }: DriverPlace,
): Command {
  const { knobs } = trial.configuration;
  const { options, env: own } = submissionParts(submission);
  const { directory } = submission;
  return submitCommand({
    ...{ ...environmentOf(knobs), env },
    knobs: splitByHeat(knobs).cold,
    ...place,
    submission: {
      files: [],
      application: [...options, ...sessionDriverFiles().slice(0, 1)],
      ...(directory === undefined ? {} : { directory }),
      env: { ...own, ...sessionEnv({ knobs, endpoint: inputOf(trial).endpoint }, socket) },
    },
  });
}
