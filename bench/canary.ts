// Where the milliseconds of the speed canary's stop go, and how exact shorter stops are: several ways take turns on a driver
// that is warm and runs trials. Of each, the parts, and how far a reading lies from the mean of those before and after it.
// Usage: npm run bench:canary [-- ROUNDS]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../src/process/project-paths.js';
import { runCommand } from '../src/process/run-command.js';
import { readJvmPid } from '../src/spark/effective-conf.js';
import { mean } from '../src/stats/mean.js';
import { median } from '../src/stats/quantile.js';
import { coldWorld } from './cold-world.js';
import { liveDriver } from './live-driver.js';

const parts = ['stop', 'sleep', 'pass', 'timed', 'continue', 'frozen'] as const;
type Stop = Readonly<Record<(typeof parts)[number] | 'cpu', number>> & {
  readonly way: string;
  readonly threads?: number;
};

const rounds = Number(process.argv[2] ?? 150);
const knobs = {
  'spark.master': 'local[2]',
  'spark.sql.shuffle.partitions': 4,
  'source.maxOffsetsPerTrigger': 2_000,
};
await using world = await coldWorld('canary-bench', 40_000);
await using driver = await liveDriver(world, 'driver', knobs);
const jvm = await readJvmPid(join(world.folder, 'driver', 'trial-1', 'effective-conf.json'));
if (jvm === undefined) throw new Error('the driver did not tell its process');
const files = { stdout: join(world.folder, 'stops'), stderr: join(world.folder, 'stops-stderr') };
const stopping = { isOver: false };
const stopped = runCommand(
  {
    file: world.toolchain.python.executable,
    args: [projectPath('bench/canary_parts.py'), String(jvm), String(rounds)],
    env: { PATH: world.env['PATH'] },
  },
  { signal: world.signal, files },
).finally(() => {
  stopping.isOver = true;
});
while (!stopping.isOver) await driver.trial();
const { stderr, exitCode } = await stopped;
if (exitCode !== 0) throw new Error(stderr);
const stops = readFileSync(files.stdout, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Stop);
const ways = [...new Set(stops.map(({ way }) => way))];
print(
  `Spark ${world.toolchain.spark.version}, Java ${world.toolchain.java.version}; milliseconds, medians`,
);
print(`${'way'.padEnd(28)}${parts.map((part) => part.padStart(10)).join('')}   scatter`);
for (const way of ways.slice(0, -1)) {
  const own = stops.filter((stop) => stop.way === way);
  const cells = parts.map((part) => middle(own.map((stop) => stop[part])).padStart(10));
  print(`${way.padEnd(28)}${cells.join('')}${scatterOf(own).padStart(10)}`);
}
const all = stops.filter(({ threads }) => threads !== undefined);
const threads = median(all.map((stop) => stop.threads ?? NaN)) ?? NaN;
print(
  `until each of ${String(threads)} threads was seen to stand: ${middle(all.map(({ frozen }) => frozen))} ms`,
);

function middle(values: readonly number[]): string {
  return (median(values) ?? NaN).toFixed(3);
}

/** Of one reading, without what the machine itself does: from second differences, of which each has six shares. */
function scatterOf(own: readonly Stop[]): string {
  const logs = own.map(({ cpu }) => Math.log(cpu));
  const bends = logs
    .slice(2)
    .map((one, index) => one - 2 * (logs[index + 1] ?? NaN) + (logs[index] ?? NaN));
  return `${(100 * Math.sqrt(mean(bends.map((one) => one ** 2)) / 6)).toFixed(1)} %`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
