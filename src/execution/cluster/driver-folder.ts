import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of a shared folder on this machine; undefined for one of HDFS, S3 or the like. */
export function mountedPath(folder: string): string | undefined {
  if (folder.startsWith('/')) return folder;
  return folder.startsWith('file:')
    ? fileURLToPath(folder.replace(/^file:\/*/, 'file:///'))
    : undefined;
}

/** Where a driver on another machine reads and writes, within the trial's part of the shared folder. */
export function driverFolder(shared: string): string {
  const path = mountedPath(shared);
  if (path === undefined) throw new Error(`no driver can write its progress to ${shared}`);
  return join(path, 'driver');
}
