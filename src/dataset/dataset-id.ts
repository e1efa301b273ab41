import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { DataSpec } from '../model/experiment.js';
import { messageOf } from '../model/harness-error.js';
import { sizeOfFile, unreadable } from './regular-file.js';

/** Must be incremented when `generateCalls` produces different bytes from the same seed. */
const generatorVersion = 2;

/** Returns twelve hexadecimal digits that identify the dataset's bytes. Throws DATA_UNREADABLE. */
export async function datasetId(data: DataSpec): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([generatorVersion, data.kind, data.records ?? null]));
  if (data.kind === 'generated') hash.update(String(data.seed));
  else {
    await sizeOfFile(data.path);
    try {
      await pipeline(createReadStream(data.path), hash, { end: false });
    } catch (error) {
      throw unreadable(data.path, messageOf(error), error);
    }
  }
  return hash.digest('hex').slice(0, 12);
}
