import { readFileSync } from 'node:fs';
import { projectPath } from '../../src/process/project-paths.js';

/** The progress of six batches as Spark 4.2.0 gave it, as values. */
export function recordedProgress(): Record<string, unknown>[] {
  return readFileSync(projectPath('test/fixtures/progress/spark-4.2.0.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"event":"progress"'))
    .map((line) => (JSON.parse(line) as { progress: Record<string, unknown> }).progress);
}

/** The same value in the layout of Spark's `prettyJson`, in lines. */
export function prettyJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(/^(\s*"[^"]*"):/gm, '$1 :');
}

/** A batch as a line of Spark's event log. */
export function eventLine(progress: unknown): string {
  const name = 'org.apache.spark.sql.streaming.StreamingQueryListener$QueryProgressEvent';
  return JSON.stringify({ Event: name, progress });
}

/** A batch as a message in a driver log, with what the layout puts before it. */
export function driverMessage(progress: unknown, before: string): string {
  return `${before}Streaming query made progress: ${prettyJson(progress)}`;
}
