// Measures how fast the parser reads a progress line of Spark 4.2 with one state partition and with 200, each of which
// has its own key in the line, and how much heap the parsed events take.
// Usage: npm run bench:parse [-- ROUNDS LINES]
import { readFileSync } from 'node:fs';
import type { ProgressEvent } from '../src/model/trial/progress-event.js';
import { parseProgressLine } from '../src/progress/parse-progress.js';
import { projectPath } from '../src/process/project-paths.js';
import { withStatePartitions } from '../test/helpers/state-partitions.js';

const rounds = Number(process.argv[2] ?? 7);
const count = Number(process.argv[3] ?? 20_000);
const recorded = readFileSync(projectPath('test/fixtures/progress/spark-4.2.0.ndjson'), 'utf8')
  .split('\n')
  .find((line) => line.includes('"batchId":2'));
if (recorded === undefined) throw new Error('the recording has no batch 2');
const lines = [1, 200].map((partitions) => withStatePartitions(recorded, partitions));

print(`${String(count)} lines in each round; the two take turns at going first; round 0 warms up`);
print(`bytes of a line: ${lines.map((line) => String(line.length)).join(' and ')}`);
print('round   1 partition: lines/s   200: lines/s   ratio   heap of an event: 1   200');
const ratios: number[] = [];
for (let round = 0; round <= rounds; round += 1) {
  const order = round % 2 === 0 ? [0, 1] : [1, 0];
  const measured = order.map((index) => [index, parseAll(lines[index] ?? '')] as const);
  const [one, many] = [0, 1].map((index) => new Map(measured).get(index));
  if (one === undefined || many === undefined) throw new Error('a side is missing');
  const ratio = one.linesPerSecond / many.linesPerSecond;
  if (round > 0) ratios.push(ratio);
  print(
    [
      String(round).padStart(5),
      whole(one.linesPerSecond).padStart(22),
      whole(many.linesPerSecond).padStart(14),
      ratio.toFixed(2).padStart(7),
      `${whole(one.bytesPerEvent)} B`.padStart(22),
      `${whole(many.bytesPerEvent)} B`.padStart(7),
    ].join(' '),
  );
}
ratios.sort((a, b) => a - b);
const [low, middle, high] = [0, Math.floor(ratios.length / 2), ratios.length - 1].map((index) =>
  ratios[index]?.toFixed(2),
);
print(`200 partitions take ${middle ?? '-'} times as long (${low ?? '-'} to ${high ?? '-'})`);

/** Parses the line repeatedly, from a new string each time, and keeps the events. */
function parseAll(line: string): {
  readonly linesPerSecond: number;
  readonly bytesPerEvent: number;
} {
  const bytes = Buffer.from(line);
  const kept: ProgressEvent[] = [];
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  const startedAt = performance.now();
  for (let index = 0; index < count; index += 1) {
    const event = parseProgressLine(bytes.toString('utf8'));
    if (event?.kind === 'progress') kept.push(event);
  }
  const elapsedMs = performance.now() - startedAt;
  globalThis.gc?.();
  const heapBytes = process.memoryUsage().heapUsed - heapBefore;
  if (kept.length !== count) throw new Error('a line was not understood');
  return { linesPerSecond: (1_000 * count) / elapsedMs, bytesPerEvent: heapBytes / count };
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
