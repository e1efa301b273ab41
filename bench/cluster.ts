// What a trial on a standalone cluster costs more than the same in local mode, and what of that is Spark's: the same two by a
// bare spark-submit, and the same two in a live driver, which has a cluster of its own. Clusters, broker and the six take place on
// this machine, and have the same cores. They take turns.
// Usage: npm run bench:cluster [-- ROUNDS]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startCluster } from '../src/cluster/start-cluster.js';
import type { Assignment } from '../src/model/knob.js';
import { middleAndRange } from './middle-and-range.js';
import { bareSubmit } from './bare-submit.js';
import { coldTrial, coldWorld } from './cold-world.js';
import { liveDriver } from './live-driver.js';

const sides = [
  ...['local', 'cluster', 'bare local', 'bare cluster'],
  ...['session local', 'session cluster'],
] as const;
type Side = (typeof sides)[number];

const rounds = Number(process.argv[2] ?? 3);
await using world = await coldWorld('cluster-cost', 20_000);
const { toolchain, archive, folder, env, signal } = world;
const clusterIn = (name: string) =>
  startCluster({
    ...{ toolchain, env, signal, directory: join(folder, name) },
    ...{ port: 0, workers: 2, size: { cores: 1, memory: '1g' } },
  });
await using cluster = await clusterIn('cluster');
await using another = await clusterIn('another');
const knobsOf = (side: Side): Assignment => ({
  'spark.master': side.endsWith('local')
    ? 'local[2]'
    : (side === 'session cluster' ? another : cluster).master,
  'spark.sql.shuffle.partitions': 4,
  'source.maxOffsetsPerTrigger': 5_000,
});
await using here = await liveDriver(world, 'live-local', knobsOf('session local'));
await using there = await liveDriver(world, 'live-cluster', knobsOf('session cluster'));
print(`Spark ${toolchain.spark.version}, Java ${toolchain.java.version}; seconds`);
print(`round${sides.map((side) => side.padStart(16)).join('')}`);
const all: Record<Side, number>[] = [];
for (let round = 1; round <= rounds; round += 1) {
  const times: Partial<Record<Side, number>> = {};
  for (const at of sides.keys()) {
    const side = sides[(at + round) % sides.length] ?? 'local';
    const directory = join(folder, `${String(round)}-${side.replace(' ', '-')}`);
    mkdirSync(directory);
    const began = performance.now();
    if (side.startsWith('session')) await (side === 'session local' ? here : there).trial();
    else await (side.startsWith('bare') ? bare : trial)(directory, knobsOf(side));
    times[side] = (performance.now() - began) / 1_000;
  }
  const found = times as Record<Side, number>;
  all.push(found);
  const cells = sides.map((side) => found[side].toFixed(1).padStart(16));
  print(`${String(round).padStart(5)}${cells.join('')}`);
}
const more = (over: Side, under: Side) =>
  all.map((round) => round[over] - round[under]).sort((one, other) => one - other);
tell('a trial costs more on the cluster', more('cluster', 'local'));
tell('a bare spark-submit costs more there', more('bare cluster', 'bare local'));
tell('a trial in a live driver costs more there', more('session cluster', 'session local'));

/** As somebody without streamtune runs the job, the connector's jars at hand. */
async function bare(directory: string, knobs: Assignment): Promise<void> {
  const known = { ...knobs, 'spark.driver.host': '127.0.0.1' };
  await bareSubmit(world, { knobs: known, directory, connector: 'jars' });
}

async function trial(directory: string, knobs: Assignment): Promise<void> {
  await coldTrial(world, { directory, knobs, archive });
}

function tell(what: string, seconds: readonly number[]): void {
  print(`${what}: ${middleAndRange(seconds, { digits: 1, unit: ' s' })}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
