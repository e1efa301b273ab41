import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { targetOf } from '../../model/target.js';
import type { TrialFiles } from '../../model/trial/job.js';
import type { Trial } from '../../model/trial/plan.js';

/** The path of a shared folder on this machine; undefined for one of HDFS, S3 or the like. */
export function mountedPath(folder: string): string | undefined {
  if (folder.startsWith('/')) return folder;
  return folder.startsWith('file:')
    ? fileURLToPath(folder.replace(/^file:\/*/, 'file:///'))
    : undefined;
}

/** Where a driver on another machine reads and writes, within the trial's part of the shared folder. */
function driverFolder(shared: string): string {
  const path = mountedPath(shared);
  if (path === undefined) throw new Error(`no driver can write its progress to ${shared}`);
  return join(path, 'driver');
}

/** What the machines of a cluster see of a trial, given its part of the shared folder. */
export function placesOf(
  { configuration }: Pick<Trial, 'configuration'>,
  shared: string | undefined,
): Pick<TrialFiles, 'shared' | 'driver'> {
  if (shared === undefined) return {};
  const { deployMode } = targetOf(configuration.knobs);
  return deployMode === 'client' ? { shared } : { shared, driver: driverFolder(shared) };
}
