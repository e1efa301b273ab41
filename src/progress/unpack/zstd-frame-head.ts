export const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/**
 * Reads the head of a zstd frame (RFC 8878, 3.1.1.1) from its first 18 bytes, or fewer at the end of the data;
 * undefined if they are too few.
 */
export function zstdFrameHead(bytes: Buffer):
  | {
      readonly headBytes: number;
      /** Memory that the frame asks for. */
      readonly windowBytes: number;
      readonly checksumBytes: number;
    }
  | undefined {
  const descriptor = bytes[4];
  if (descriptor === undefined) return undefined;
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const windowField = isSingle ? 0 : 1;
  const dictionaryField = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeField = sizeFlag === 0 ? (isSingle ? 1 : 0) : 2 ** sizeFlag;
  const sizeAt = 5 + windowField + dictionaryField;
  const headBytes = sizeAt + sizeField;
  if (bytes.length < headBytes) return undefined;
  return {
    headBytes,
    windowBytes: isSingle ? contentSize(bytes, sizeAt, sizeField) : windowSize(bytes[5] ?? 0),
    checksumBytes: (descriptor & 4) === 0 ? 0 : 4,
  };
}

function windowSize(field: number): number {
  const base = 2 ** (10 + (field >> 3));
  return base + (base / 8) * (field & 7);
}

function contentSize(bytes: Buffer, at: number, length: number): number {
  if (length === 8) return Number(bytes.readBigUInt64LE(at));
  return bytes.readUIntLE(at, length) + (length === 2 ? 256 : 0);
}
