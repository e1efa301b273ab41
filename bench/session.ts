// What a trial in a live driver costs against a bare cold `spark-submit --packages` of the same job, and how far trials of one
// and the same configuration lie apart. Each round has, side by side: a bare call, two cold trials, and a block of trials in the
// live driver, once in one go each and once in turns. The driver is warmed before the first round.
// Usage: npm run bench:session [-- ROUNDS]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createSessionExecutor } from '../src/execution/session/session-executor.js';
import { createSubmitExecutor } from '../src/execution/submit/submit-executor.js';
import { measureEvidence } from '../src/measure/measure-evidence.js';
import type { Executor, TrialEvidence } from '../src/model/trial/executor.js';
import type { Trial } from '../src/model/trial/plan.js';
import { mean } from '../src/stats/mean.js';
import { median } from '../src/stats/quantile.js';
import { bareSubmit } from './bare-submit.js';
import { coldWorld, settingsIn } from './cold-world.js';
import { middleAndRange } from './middle-and-range.js';

const rounds = Number(process.argv[2] ?? 6);
const batchRows = 2_000;
const knobs = {
  'spark.master': 'local[2]',
  'spark.sql.shuffle.partitions': 4,
  'source.maxOffsetsPerTrigger': batchRows,
};
const trialsOfBlock = 4;

interface Played {
  /** Rows per second of each trial. */
  readonly rates: readonly number[];
  /** Of a trial, in the mean. */
  readonly seconds: number;
}

await using world = await coldWorld('session-bench', 40_000);
const { toolchain, archive, folder, signal } = world;
const settings = await settingsIn(world, { warmupSeconds: 0, archive });
await using session = createSessionExecutor({
  ...settings,
  scratch: join(folder, 'work'),
  onStep: print,
  planTurns: ({ trials }) =>
    isInTurns(trials) ? { leastRecords: 3 * batchRows, seed: 1, resumes: true } : undefined,
});
const submit = createSubmitExecutor(settings);
const bare = async (name: string) => {
  const directory = join(folder, name);
  mkdirSync(directory);
  const began = performance.now();
  await bareSubmit(world, { knobs, directory, connector: 'packages' });
  return (performance.now() - began) / 1_000;
};
await bare('first'); // downloads the connector, if Ivy has not done so before
print(`Spark ${toolchain.spark.version}, Java ${toolchain.java.version}`);
const { evidence: warmed } = await play(session, 'turns', 0);
const { burnIn } = warmed[0]?.session ?? {};
print(
  `burn-in: ${(burnIn?.seconds ?? NaN).toFixed(0)} s, ${String(burnIn?.trials)} trials, flat: ${String(burnIn?.isFlat)}`,
);
print('seconds of a trial');
print('round     bare     cold   one go    turns');
const all = [];
for (let round = 1; round <= rounds; round += 1) {
  const bareSeconds = await bare(`${String(round)}-bare`);
  const cold = await play(submit, 'cold', round);
  const goFirst = round % 2 === 0;
  const first = await play(session, goFirst ? 'one-go' : 'turns', round);
  const second = await play(session, goFirst ? 'turns' : 'one-go', round);
  const [go, turns] = goFirst ? [first, second] : [second, first];
  all.push({ bareSeconds, cold, go, turns });
  const cells = [bareSeconds, cold.seconds, go.seconds, turns.seconds].map((one) =>
    one.toFixed(1).padStart(8),
  );
  print(`${String(round).padStart(5)} ${cells.join(' ')}`);
}
for (const way of ['cold', 'go', 'turns'] as const) {
  const ratios = all.map((one) => one[way].seconds / one.bareSeconds);
  const rate = median(all.flatMap((one) => one[way].rates)) ?? NaN;
  print(
    `${way.padEnd(5)}: ${middleAndRange(ratios)} of the bare call; ${rate.toFixed(0)} rows/s; two trials that belong together differ by ${pairedSd(all.map((one) => one[way].rates))} (sd of ln rows/s)`,
  );
}

/** Trials that differ in nothing that takes time: a pair of cold ones, or a block in the driver. */
async function play(
  executor: Executor,
  way: 'cold' | 'one-go' | 'turns',
  round: number,
): Promise<Played & { readonly evidence: readonly TrialEvidence[] }> {
  const number = way === 'cold' ? 2 : trialsOfBlock;
  const trials = Array.from({ length: number }, (_, index): Trial => ({
    id: `${way}-${String(round)}-${String(index + 1)}`,
    block: round,
    configuration: {
      ...{ id: `c${String(index + 1)}`, role: 'candidate', levels: {} },
      // Nobody feels it, but a driver is warmed by configurations that differ.
      knobs: { ...knobs, 'source.kafka.retry.backoff.ms': 100 + index },
    },
  }));
  const directoryOf = ({ id }: Trial) => join(folder, id);
  await using launch = await executor.open(
    { trials },
    { directoryOf, signal, onProcess: () => undefined },
  );
  const run = (trial: Trial) => {
    mkdirSync(directoryOf(trial));
    return launch.run(trial, () => undefined);
  };
  const evidence: TrialEvidence[] = [];
  if (isInTurns(trials)) evidence.push(...(await Promise.all(trials.map(run))));
  else for (const trial of trials) evidence.push(await run(trial));
  const rates = evidence.map((one) => {
    if (one.end.kind !== 'ended') throw new Error(JSON.stringify(one.end));
    return measureEvidence(one, knobs, settings.measurement)?.rowsPerSecond ?? NaN;
  });
  return { evidence, rates, seconds: mean(evidence.map(({ wallMs }) => wallMs)) / 1_000 };
}

function isInTurns(trials: readonly Trial[]): boolean {
  return trials[0]?.id.startsWith('turns') === true;
}

/** The standard deviation of the difference of two trials of a block, pooled over the blocks. */
function pairedSd(blocks: readonly (readonly number[])[]): string {
  const variances = blocks.map((rates) => {
    const logs = rates.map(Math.log);
    const middle = mean(logs);
    return logs.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (logs.length - 1);
  });
  return `${(100 * Math.sqrt(2 * mean(variances))).toFixed(1)} %`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
