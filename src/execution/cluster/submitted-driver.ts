import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOnThisMachine, type Target } from '../../model/target.js';
import type { TrialFiles } from '../../model/trial/job.js';
import type { Command } from '../../process/command.js';
import { runCommand } from '../../process/run-command.js';
import { driverReader, type SubmittedDriver } from '../../spark/driver-lines.js';
import { sparkClassCommand, type SparkClassParts } from './spark-class-command.js';

/** Follows what a cluster manager runs for a trial, by the log of its `spark-submit`. */
interface DriverWatch {
  readonly onLine: (line: string) => void;
  /**
   * Ends it where its `spark-submit` was stopped: a driver on another machine, or an application that still waits in YARN's
   * queue, which would get a container one day, and look for its driver in vain. Never fails.
   */
  readonly kill: () => Promise<void>;
  /** Forgets it: it has ended. */
  readonly forget: () => void;
}

const patienceMs = 60_000;

/** In a trial's folder while the cluster runs it, for the next start if this one is killed. */
export const submittedDriverName = 'submitted-driver.json';

export function watchDriver(
  target: Target,
  { directory }: Pick<TrialFiles, 'directory'>,
  parts: SparkClassParts,
): DriverWatch {
  const read = driverReader(target);
  const note = join(directory, submittedDriverName);
  let driver: SubmittedDriver | undefined;
  return {
    onLine: (line) => {
      if (driver !== undefined) return;
      driver = read(line);
      if (driver !== undefined) writeFileSync(note, `${JSON.stringify(driver)}\n`);
    },
    kill: async () => {
      if (driver !== undefined) await endDriver(driver, parts);
    },
    forget: () => {
      rmSync(note, { force: true });
    },
  };
}

/** Has the cluster manager end what it was given. Never fails. */
export async function endDriver(driver: SubmittedDriver, parts: SparkClassParts): Promise<void> {
  // Also where the run is being stopped.
  const { signal } = new AbortController();
  const command = endCommand(driver, parts);
  await runCommand(command, { signal, timeoutMs: patienceMs, outlive: true });
}

function endCommand({ kind, master, id }: SubmittedDriver, parts: SparkClassParts): Command {
  if (kind === 'yarn') {
    const main = 'org.apache.hadoop.yarn.client.cli.ApplicationCLI';
    return sparkClassCommand(parts, main, 'application', '-kill', id);
  }
  if (kind === 'kubernetes') {
    const main = 'org.apache.spark.deploy.SparkSubmit';
    return sparkClassCommand(parts, main, '--kill', id, '--master', master);
  }
  // By the master's own port, as `spark-submit --kill` asks another one, which a master has closed unless told otherwise.
  const command = sparkClassCommand(parts, 'org.apache.spark.deploy.Client', 'kill', master, id);
  const here = isOnThisMachine({ kind, master }) ? { SPARK_LOCAL_IP: '127.0.0.1' } : {};
  return { ...command, env: { ...command.env, ...here } };
}
