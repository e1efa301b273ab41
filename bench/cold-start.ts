// What a cold trial costs against a bare `spark-submit --packages` of the same job: without the class archive and with it.
// The three take turns, the first one changing from round to round.
// Usage: npm run bench:cold-start [-- ROUNDS]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ClassArchive } from '../src/model/class-archive.js';
import { bareSubmit } from './bare-submit.js';
import { coldTrial, coldWorld } from './cold-world.js';
import { middleAndRange } from './middle-and-range.js';

const sides = ['bare', 'trial', 'archive'] as const;
type Side = (typeof sides)[number];

const rounds = Number(process.argv[2] ?? 5);
const knobs = {
  'spark.master': 'local[2]',
  'spark.sql.shuffle.partitions': 4,
  'source.maxOffsetsPerTrigger': 5_000,
};
await using world = await coldWorld('cold-start', 20_000);
const { toolchain, folder, archive } = world;
await bare(join(folder, 'first')); // downloads the connector, if Ivy has not done so before
print(`Spark ${toolchain.spark.version}, Java ${toolchain.java.version}; seconds`);
print(`round${sides.map((side) => side.padStart(10)).join('')}`);
const all: Record<Side, number>[] = [];
for (let round = 1; round <= rounds; round += 1) {
  const times: Partial<Record<Side, number>> = {};
  for (const at of sides.keys()) {
    const side = sides[(at + round) % sides.length] ?? 'bare';
    times[side] = await timed(side, join(folder, `${String(round)}-${side}`));
  }
  const found = times as Record<Side, number>;
  all.push(found);
  const cells = sides.map((side) => found[side].toFixed(1).padStart(10));
  print(`${String(round).padStart(5)}${cells.join('')}`);
}
summary('a trial, as a share of the bare call', all, ['trial', 'bare']);
summary('a trial with the archive, as a share of the bare call', all, ['archive', 'bare']);
summary('a trial with the archive, as a share of one without', all, ['archive', 'trial']);

async function timed(side: Side, directory: string): Promise<number> {
  const began = performance.now();
  await (side === 'bare'
    ? bare(directory)
    : trial(directory, side === 'archive' ? archive : undefined));
  return (performance.now() - began) / 1_000;
}

async function bare(directory: string): Promise<void> {
  mkdirSync(directory);
  await bareSubmit(world, { knobs, directory, connector: 'packages' });
}

async function trial(directory: string, use: ClassArchive | undefined): Promise<void> {
  mkdirSync(directory);
  await coldTrial(world, { directory, knobs, archive: use });
}

function summary(
  what: string,
  all: readonly Record<Side, number>[],
  [over, under]: readonly [Side, Side],
): void {
  print(`${what}: ${middleAndRange(all.map((round) => round[over] / round[under]))}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
