import type { ByteReader } from './byte-reader.js';

/** Text that PowerShell wrote with `>`: little-endian UTF-16 with its mark, as UTF-8. */
export async function* unpackUtf16(packed: ByteReader): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-16le');
  for await (const chunk of packed.rest()) {
    yield Buffer.from(decoder.decode(chunk, { stream: true }));
  }
}
