import { join } from 'node:path';
import { readRegularFile, UnreadableFile } from '../../process/files/read-regular-file.js';
import { writeFileSafely } from '../../process/files/write-file-safely.js';
import type { ProcessIdentity } from '../../model/process-identity.js';

/** The broker that `kafka up` left running. */
export interface ManualBroker {
  readonly bootstrapServers: string;
  readonly logFile: string;
  readonly process: ProcessIdentity;
}

export async function writeBrokerState(directory: string, broker: ManualBroker): Promise<void> {
  await writeFileSafely(stateFile(directory), JSON.stringify(broker));
}

/** What is wrong with the state file, as a clause; undefined if it is right, or if there is none. */
export async function damagedState(directory: string): Promise<string | undefined> {
  const file = stateFile(directory);
  try {
    const text = await readRegularFile(file, { maxBytes: 65_536 });
    return isManualBroker(parsed(text)) ? undefined : `${file} is damaged`;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return error.problem === 'missing' ? undefined : `${file} cannot be read: ${error.message}`;
  }
}

function isManualBroker(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { bootstrapServers, logFile, process } = value as Record<string, unknown>;
  if (typeof process !== 'object' || process === null) return false;
  const { pid, startedAt } = process as Record<string, unknown>;
  return (
    typeof bootstrapServers === 'string' &&
    /^127\.0\.0\.1:\d{1,5}$/.test(bootstrapServers) &&
    typeof logFile === 'string' &&
    Number.isSafeInteger(pid) &&
    Number(pid) > 1 &&
    typeof startedAt === 'string'
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function stateFile(directory: string): string {
  return join(directory, 'broker.json');
}
