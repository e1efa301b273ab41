import type { MessageView } from '../../model/topic-view.js';
import type { RecordPlace } from '../consumer.js';

/** Bytes of a value that are shown, and characters of a key. */
const limits = { valueBytes: 4_096, keyCharacters: 200, binaryBytes: 256 } as const;

/** A record for people: JSON laid out, other text as it is, and hexadecimal digits of what is no text. */
export function messageView(value: Buffer, place: RecordPlace): MessageView {
  const { partition, offset, timestamp } = place;
  const bytes = value.length;
  const key = place.key?.toString('utf8').slice(0, limits.keyCharacters) ?? null;
  const isCut = bytes > limits.valueBytes;
  const text = textOf(isCut ? value.subarray(0, limits.valueBytes) : value, isCut);
  const common = { partition, offset, timestamp, key, bytes };
  if (text === undefined) {
    const shown = value.subarray(0, limits.binaryBytes).toString('hex').replaceAll(/(..)/g, '$1 ');
    return { ...common, value: shown.trim(), form: 'binary', isCut: bytes > limits.binaryBytes };
  }
  const json = isCut ? undefined : laidOut(text);
  return json === undefined
    ? { ...common, value: text, form: 'text', isCut }
    : { ...common, value: json, form: 'json', isCut };
}

/** The text of UTF-8 bytes; undefined if they are none. The last character of a beginning may be cut through. */
function textOf(bytes: Buffer, isCut: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}

/** The JSON with a line for each member; undefined for any other text, and for a mere number or word. */
function laidOut(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : undefined;
  } catch {
    return undefined;
  }
}
