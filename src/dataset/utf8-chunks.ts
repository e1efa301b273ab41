import { isUtf8 } from 'node:buffer';
import { HarnessError } from '../model/harness-error.js';

/**
 * Passes a byte stream on if it is UTF-8. Throws DATA_INVALID with the line of the first byte that is not: Spark would
 * silently read another text than the file holds.
 */
export async function* utf8Chunks(
  stream: AsyncIterable<Buffer>,
  path: string,
): AsyncGenerator<Buffer> {
  let lines = 1;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = bytes.length - unfinished(bytes);
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) throw invalid(path, lines + linesBefore(whole));
    lines += newlines(whole);
    rest = bytes.subarray(end);
    if (whole.length > 0) yield whole;
  }
  if (rest.length > 0) throw invalid(path, lines);
}

/** How many bytes at the end belong to a character whose other bytes are still to come. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return byte >= 0xf0 || back < (byte >= 0xe0 ? 3 : 2) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

/** The lines that end before the first line that is not UTF-8. */
function linesBefore(bytes: Buffer): number {
  let lines = 0;
  let from = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
    if (!isUtf8(bytes.subarray(from, end))) return lines;
    lines += 1;
    from = end + 1;
  }
  return lines;
}

function newlines(bytes: Buffer): number {
  let found = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) found += 1;
  return found;
}

function invalid(path: string, line: number): HarnessError {
  return new HarnessError({
    code: 'DATA_INVALID',
    message: `${path}:${String(line)}: this is not UTF-8.`,
    hint: 'Save the file as UTF-8, for example with: iconv -f LATIN1 -t UTF-8',
  });
}
