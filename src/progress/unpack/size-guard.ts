import { UnpackFault } from './unpack-fault.js';

/** No log shrinks to less than a thousandth. */
const mostTimesLarger = 1_000;
const always = 2 ** 30;

/**
 * Passes on unpacked data until it is more than a thousand times as large as what it came from, and above a gigabyte:
 * then it throws, as such a file is made to keep its readers busy.
 */
export async function* guardSize(
  unpacked: AsyncIterable<Buffer>,
  packedBytes: () => number,
): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of unpacked) {
    size += chunk.length;
    if (size > always && size > mostTimesLarger * packedBytes()) {
      throw new UnpackFault('packed-bomb', packedBytes());
    }
    yield chunk;
  }
}
