import { join } from 'node:path';
import { readRegularFile, UnreadableFile } from '../process/files/read-regular-file.js';
import { writeFileSafely } from '../process/files/write-file-safely.js';

/** The cluster that `cluster up` left running. */
export interface ManualCluster {
  /** For `spark.master`. */
  readonly master: string;
  /** Of the master's web UI, where it also says what its workers have. */
  readonly webUi: string;
  readonly workers: number;
  readonly sparkVersion: string;
}

export async function writeClusterState(directory: string, state: ManualCluster): Promise<void> {
  await writeFileSafely(stateFile(directory), JSON.stringify(state));
}

/** The state of a cluster; undefined if there is none, or if its file cannot be used. */
export async function readClusterState(directory: string): Promise<ManualCluster | undefined> {
  try {
    return parsed(await readRegularFile(stateFile(directory), { maxBytes: 65_536 }));
  } catch (error) {
    if (error instanceof UnreadableFile) return undefined;
    throw error;
  }
}

function parsed(text: string): ManualCluster | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { master, webUi, workers, sparkVersion } = value as Record<string, unknown>;
  const isRight =
    typeof master === 'string' &&
    /^spark:\/\/127\.0\.0\.1:\d{1,5}$/.test(master) &&
    typeof webUi === 'string' &&
    /^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(webUi) &&
    typeof workers === 'number' &&
    typeof sparkVersion === 'string' &&
    /^\d+\.\d+\.\d+$/.test(sparkVersion);
  return isRight ? { master, webUi, workers, sparkVersion } : undefined;
}

function stateFile(directory: string): string {
  return join(directory, 'cluster.json');
}
