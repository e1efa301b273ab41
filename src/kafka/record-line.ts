import type { RecordPlace } from './consumer.js';

/** A record as one line of output: its value, or as JSON with its place. A value that is JSON stays text there. */
export function recordLine(value: Buffer, place: RecordPlace, json: boolean): string {
  const text = value.toString('utf8');
  if (!json) return `${text}\n`;
  const { partition, offset, timestamp, key } = place;
  const at = new Date(timestamp).toISOString();
  const record = { partition, offset, timestamp: at, key: key?.toString('utf8') ?? null };
  return `${JSON.stringify({ ...record, value: text })}\n`;
}
