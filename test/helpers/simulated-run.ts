import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../src/cli/command-line.js';
import { testHost } from './test-host.js';

const experiment = `version: 1
name: simulated
data: { records: 90000 }
knobs: { source.maxOffsetsPerTrigger: 4500 }
factors: { spark.sql.shuffle.partitions: [32, 4] }
design: { blocks: 2, seed: 3 }
measurement: { warmup: 1s, canary: on }
`;
const world = `version: 1
noise: { trial: 3% }
effects: [{ knobs: { spark.sql.shuffle.partitions: 4 }, gain: 80% }]
`;

/** Runs three simulated trials in each of two blocks into a results folder, and returns the folder of the run. */
export async function simulatedRun(
  root: string,
  { blocks = 2, results = join(root, 'results') }: { blocks?: number; results?: string } = {},
): Promise<string> {
  const [file, model] = [join(root, 'simulated.yaml'), join(root, 'world.yaml')];
  writeFileSync(file, experiment);
  writeFileSync(model, world);
  const before = new Set(namesIn(results));
  const call = ['run', file, '--simulate', model, '--results', results];
  await runCommandLine([...call, '--blocks', String(blocks)], testHost().host);
  const [made] = readdirSync(results).filter((name) => !before.has(name));
  if (made === undefined) throw new Error('the run has no folder');
  return join(results, made);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
