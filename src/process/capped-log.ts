import { createWriteStream } from 'node:fs';

/** A log file with bounded size. */
export interface CappedLog {
  readonly write: (text: string) => void;
  /** Resolves when everything kept has been passed to the system. */
  readonly close: () => Promise<void>;
}

/** Characters kept from the start and the end of each log. */
const keptOfLog = { head: 2_000_000, tail: 2_000_000 } as const;

/**
 * Adds the start of a text to a file immediately, and its end on closing, separated by a line that says how much is missing.
 * A full disk loses the rest of the log, and nothing else.
 */
export function cappedLog(
  file: string,
  kept: { head: number; tail: number } = keptOfLog,
): CappedLog {
  const out = openFile(file);
  let room = kept.head;
  let tail: string[] = [];
  let tailLength = 0;
  let leftOut = 0;
  return {
    write: (text) => {
      out.write(text.slice(0, room));
      const rest = text.slice(room);
      room -= text.length - rest.length;
      if (rest === '') return;
      tail.push(rest);
      tailLength += rest.length;
      if (tailLength <= 2 * kept.tail) return;
      leftOut += tailLength - kept.tail;
      tail = [tail.join('').slice(-kept.tail)];
      tailLength = kept.tail;
    },
    close: async () => {
      const end = tail.join('').slice(-kept.tail);
      leftOut += tailLength - end.length;
      if (leftOut > 0) out.write(`\n[streamtune left out ${String(leftOut)} characters here]\n`);
      out.write(end);
      await out.close();
    },
  };
}

/** A file that accepts text until a write fails, and drops everything after that. */
function openFile(file: string): CappedLog {
  const stream = createWriteStream(file, { flags: 'a' });
  let failed = false;
  stream.on('error', () => (failed = true));
  const closed = new Promise<void>((resolve) => {
    stream.once('close', () => {
      resolve();
    });
  });
  return {
    write: (text) => {
      if (!failed && text !== '') stream.write(text);
    },
    close: async () => {
      stream.end();
      await closed;
    },
  };
}
