// What a session trial costs against a bare cold `spark-submit --packages` of the same job, and how much each scatters.
// Each round has one of each, side by side; the driver of the session is warmed before the first round.
// Usage: npm run bench:session [-- ROUNDS]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createSessionExecutor } from '../src/execution/session/session-executor.js';
import { createSubmitExecutor } from '../src/execution/submit/submit-executor.js';
import { templateJob } from '../src/jobs/template/template-job.js';
import { measureEvidence } from '../src/measure/measure-evidence.js';
import type { MeasurementSpec } from '../src/model/experiment.js';
import type { Executor, LaunchContext, TrialEvidence } from '../src/model/trial/executor.js';
import type { Trial } from '../src/model/trial/plan.js';
import { readSecrets } from '../src/process/secrets.js';
import { mean } from '../src/stats/mean.js';
import { median } from '../src/stats/quantile.js';
import { bareSubmit } from './bare-submit.js';
import { coldWorld } from './cold-world.js';

const rounds = Number(process.argv[2] ?? 6);
const knobs = {
  'spark.master': 'local[2]',
  'spark.sql.shuffle.partitions': 4,
  'source.maxOffsetsPerTrigger': 2_000,
};
const measurement: MeasurementSpec = {
  ...{ warmupSeconds: 0, timeLimitSeconds: 300, canary: false, mode: 'drain' },
  ...{ diskReserveBytes: 0, memoryReserveBytes: 0 },
};

await using world = await coldWorld('session-bench', 40_000);
const { toolchain, archive, folder, endpoint, topic, records, env, signal } = world;
const settings = {
  ...{ job: templateJob(measurement), env, measurement },
  environmentOf: () => ({ toolchain, archive }),
  secrets: await readSecrets([], env),
  inputOf: () => ({ endpoint, topic, records, outputTopic: 'none' }),
};
await using session = createSessionExecutor({
  ...settings,
  scratch: join(folder, 'work'),
  onStep: print,
});
const submit = createSubmitExecutor(settings);
const bare = (name: string) => {
  const directory = join(folder, name);
  mkdirSync(directory);
  return bareSubmit(world, { knobs, directory, connector: 'packages' });
};
await bare('first'); // downloads the connector, if Ivy has not done so before
const warmed = await run(session, 'warm');
const { burnIn } = warmed.evidence.session ?? {};
print(`Spark ${toolchain.spark.version}, Java ${toolchain.java.version}`);
print(
  `burn-in: ${(burnIn?.seconds ?? NaN).toFixed(0)} s, ${String(burnIn?.trials)} trials, flat: ${String(burnIn?.isFlat)}`,
);
print('round   bare s  cold s  session s   cold rows/s  session rows/s');
const all = [];
for (let round = 1; round <= rounds; round += 1) {
  const began = performance.now();
  await bare(`${String(round)}-bare`);
  const bareSeconds = (performance.now() - began) / 1_000;
  const cold = await run(submit, `${String(round)}-cold`);
  const shared = await run(session, `${String(round)}-session`);
  all.push({ bareSeconds, cold, shared });
  const cells = [bareSeconds, cold.seconds, shared.seconds].map((one) =>
    one.toFixed(1).padStart(8),
  );
  const rates = [cold.rate, shared.rate].map((one) => one.toFixed(0).padStart(13));
  print(`${String(round).padStart(5)} ${cells.join('')} ${rates.join('')}`);
}
const ratios = all.map(({ bareSeconds, shared }) => shared.seconds / bareSeconds);
print(
  `a session trial, as a share of the bare call: ${(median(ratios.sort((a, b) => a - b)) ?? NaN).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
);
print(
  `sd of a pair of trials that follow each other, of ln(rows/s): cold ${pairedSd(all.map(({ cold }) => cold.rate))}, session ${pairedSd(all.map(({ shared }) => shared.rate))}`,
);

/** One trial in a launch of its own; the driver of a session outlasts it. */
async function run(executor: Executor, name: string) {
  const directory = join(folder, name);
  mkdirSync(directory);
  const trial: Trial = {
    ...{ id: name, block: 1 },
    configuration: { id: 'baseline', role: 'baseline', levels: {}, knobs },
  };
  const context: LaunchContext = {
    directoryOf: () => directory,
    signal,
    onProcess: () => undefined,
  };
  await using launch = await executor.open({ trials: [trial] }, context);
  const evidence: TrialEvidence = await launch.run(trial, () => undefined);
  if (evidence.end.kind !== 'ended') throw new Error(JSON.stringify(evidence.end));
  const rate = measureEvidence(evidence, knobs, { warmupSeconds: 0 })?.rowsPerSecond ?? NaN;
  return { evidence, seconds: evidence.wallMs / 1_000, rate };
}

/** The standard deviation of the differences between one trial and the next of its side. */
function pairedSd(rates: readonly number[]): string {
  const differences = rates.slice(1).map((rate, index) => Math.log(rate / (rates[index] ?? NaN)));
  const middle = mean(differences);
  const squares = differences.reduce((sum, one) => sum + (one - middle) ** 2, 0);
  return `${(100 * Math.sqrt(squares / (differences.length - 1))).toFixed(1)} %`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
