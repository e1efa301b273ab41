import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { DataSpec } from '../model/experiment.js';
import { messageOf } from '../model/harness-error.js';
import { openDataFile, unreadable } from './data-file.js';

/** Must be incremented when `generateCalls` produces different bytes from the same seed. */
const generatorVersion = 2;

/** Returns twelve hexadecimal digits that identify the dataset's bytes. Throws DATA_UNREADABLE. */
export async function datasetId(data: DataSpec): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([generatorVersion, data.kind, data.records ?? null]));
  if (data.kind === 'generated') hash.update(String(data.seed));
  else if (data.kind === 'topic') hash.update(data.topic);
  else if (data.kind === 'command') hash.update(JSON.stringify([data.command, data.folder]));
  else {
    const file = await openDataFile(data.path);
    try {
      await pipeline(file.createReadStream(), hash, { end: false }); // which closes the file
    } catch (error) {
      throw unreadable(data.path, messageOf(error), error);
    }
  }
  return hash.digest('hex').slice(0, 12);
}
