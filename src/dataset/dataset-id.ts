import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { DataSpec } from '../model/experiment.js';
import { HarnessError, messageOf } from '../model/harness-error.js';

/** Must be incremented when `generateCalls` produces different bytes from the same seed. */
const generatorVersion = 2;

/** Returns twelve hexadecimal digits that identify the dataset's bytes. Throws DATA_UNREADABLE. */
export async function datasetId(data: DataSpec): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([generatorVersion, data.kind, data.records ?? null]));
  if (data.kind === 'generated') hash.update(String(data.seed));
  else {
    try {
      await pipeline(createReadStream(data.path), hash, { end: false });
    } catch (error) {
      throw new HarnessError({
        code: 'DATA_UNREADABLE',
        message: `${data.path} cannot be read: ${messageOf(error)}.`,
        hint: 'Correct data.path in the experiment.',
        cause: error,
      });
    }
  }
  return hash.digest('hex').slice(0, 12);
}
