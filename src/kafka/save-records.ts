import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { HarnessError, messageOf } from '../model/harness-error.js';
import type { KafkaConnection } from './client.js';
import { consume } from './consumer.js';
import { recordLine } from './record-line.js';

/** Lines are written in pieces of this size: memory does not grow with the topic. */
const pieceCharacters = 65_536;

/** Writes every record of a topic to a file, one JSON object per line. Throws RESULTS_UNWRITABLE. */
export async function saveRecords(
  connection: KafkaConnection,
  topic: string,
  file: string,
): Promise<void> {
  const handle = written(file, () => {
    mkdirSync(dirname(file), { mode: 0o700, recursive: true });
    return openSync(file, 'w', 0o600);
  });
  let piece = '';
  const flush = () => {
    written(file, () => writeSync(handle, piece));
    piece = '';
  };
  try {
    await consume({
      ...connection,
      ...{ topic, fromBeginning: true, range: { untilEnd: true, fromBeginning: true } },
      onMessage: (value, place) => {
        piece += recordLine(value, place, true);
        if (piece.length >= pieceCharacters) flush();
      },
    });
    flush();
  } finally {
    closeSync(handle);
  }
}

function written<T>(file: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new HarnessError({
      code: 'RESULTS_UNWRITABLE',
      message: `${file} cannot be written: ${messageOf(error)}.`,
      hint: 'Free some space, then continue with `streamtune resume DIR`; finished trials are kept.',
      cause: error,
    });
  }
}
