import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KafkaEndpoint } from '../../model/kafka-endpoint.js';
import type { TrialFiles } from '../../model/trial/job.js';

/** Where the driver of a trial finds a file or folder of this machine: there, or its copy where it runs elsewhere. */
export function pathForDriver({ driver }: Pick<TrialFiles, 'driver'>, path: string): string {
  return driver === undefined ? path : join(driver, 'files', path);
}

/** The cluster of a trial, with the certificate of its authority where the driver finds it. */
export function endpointForDriver(
  files: Pick<TrialFiles, 'driver'>,
  endpoint: KafkaEndpoint,
): KafkaEndpoint {
  const { security } = endpoint;
  const { tls } = security;
  if (tls?.ca === undefined) return endpoint;
  return {
    ...endpoint,
    security: { ...security, tls: { ...tls, ca: pathForDriver(files, tls.ca) } },
  };
}

/** Copies files to where a driver on another machine finds them; does nothing for one on this machine. */
export async function bringFiles(
  files: Pick<TrialFiles, 'driver'>,
  paths: readonly string[],
): Promise<void> {
  if (files.driver === undefined) return;
  for (const path of paths) {
    const place = pathForDriver(files, path);
    await mkdir(dirname(place), { recursive: true });
    await copyFile(path, place);
  }
}

/** Copies what a driver on another machine has written to the trial's own folder; not what it was brought. */
export async function keepFiles({
  driver,
  directory,
}: Pick<TrialFiles, 'driver' | 'directory'>): Promise<void> {
  if (driver === undefined) return;
  for (const entry of await readdir(driver, { withFileTypes: true })) {
    if (entry.isFile()) await copyFile(join(driver, entry.name), join(directory, entry.name));
  }
}
