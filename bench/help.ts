// How long `streamtune --help` takes, against a Node that does nothing. The two take turns.
// Usage: npm run bench:help [-- ROUNDS]
import { spawnSync } from 'node:child_process';
import { projectPath } from '../src/process/project-paths.js';
import { median } from '../src/stats/quantile.js';
import { middleAndRange } from './middle-and-range.js';

const rounds = Number(process.argv[2] ?? 15);
const calls = {
  'node -e 0': ['-e', '0'],
  'streamtune --help': [projectPath('bin/streamtune.js'), '--help'],
  'streamtune plan --help': [projectPath('bin/streamtune.js'), 'plan', '--help'],
};
const took = new Map<string, number[]>();
for (let round = 0; round <= rounds; round += 1) {
  for (const [name, args] of Object.entries(calls)) {
    const began = performance.now();
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
    if (status !== 0) throw new Error(`${name} ended with ${String(status)}`);
    // The first round fills the cache of files.
    if (round > 0) took.set(name, [...(took.get(name) ?? []), performance.now() - began]);
  }
}
for (const [name, times] of took) {
  process.stdout.write(`${name.padEnd(24)}${middleAndRange(times, { digits: 0, unit: ' ms' })}\n`);
}
const [bare = [], help = []] = took.values();
const ratio = (median(help) ?? NaN) / (median(bare) ?? NaN);
process.stdout.write(`help takes ${ratio.toFixed(2)} times a Node that does nothing\n`);
