import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isFlat, type WarmingTrial } from './flat-rate.js';
import { measureEvidence } from '../../measure/measure-evidence.js';
import type { BurnIn, BurnInLimits, DriverFigures } from '../../model/session-record.js';
import type { Trial } from '../../model/trial/plan.js';
import { runInDriver, type InDriver, type RanInDriver } from './run-in-driver.js';

/** So many of a launch's configurations take turns: the JVM compiles for all that it has seen. */
const atMostConfigurations = 4;
const leastRounds = 2;

/**
 * Warms a new driver by trials that count for nothing, until its rate is flat or the limit is reached. They leave no
 * files behind. Ends early with a driver that ends, or a script that cannot share it.
 */
export async function burnIn(
  parts: Omit<InDriver, 'trial' | 'onEvent'>,
  trials: readonly Trial[],
  limits: BurnInLimits,
): Promise<
  Pick<RanInDriver, 'unfit'> & { readonly burnIn: BurnIn; readonly figures: DriverFigures | null }
> {
  const [first] = trials;
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1_000;
  const warming: WarmingTrial[] = [];
  let { figures } = parts.driver;
  let unfit: readonly string[] = [];
  const chosen = trials.slice(0, atMostConfigurations);
  const isOver = () =>
    unfit.length > 0 ||
    (warming.length >= leastRounds * chosen.length && isFlat(warming)) ||
    warming.length >= limits.trials ||
    seconds() >= limits.seconds;
  while (first !== undefined && parts.driver.isRunning() && !isOver()) {
    const trial = chosen[warming.length % chosen.length] ?? first;
    const directory = join(parts.context.directoryOf(first), 'burn-in');
    await mkdir(directory, { recursive: true });
    const context = { ...parts.context, directoryOf: () => directory };
    const one = { ...parts, context, trial: withoutOutput(trial), onEvent: () => undefined };
    const ran = await runInDriver({ ...one, isRehearsal: true });
    await rm(directory, { recursive: true, force: true });
    const { warmupSeconds } = parts.settings.measurement;
    const measured = measureEvidence(ran.evidence, trial.configuration.knobs, { warmupSeconds });
    ({ figures, unfit } = ran);
    warming.push({
      configuration: trial.configuration.id,
      rowsPerSecond: measured?.rowsPerSecond ?? null,
    });
  }
  const rates = warming.flatMap(({ rowsPerSecond: rate }) => (rate === null ? [] : [rate]));
  const told = { seconds: seconds(), trials: warming.length, isFlat: isFlat(warming), rates };
  return { burnIn: told, figures, unfit };
}

/** The topic that a trial writes to has only what the trial itself has written. */
function withoutOutput(trial: Trial): Trial {
  const { configuration } = trial;
  if (configuration.knobs['job.sink'] !== 'kafka') return trial;
  const knobs = { ...configuration.knobs, 'job.sink': 'noop' };
  return { ...trial, configuration: { ...configuration, knobs } };
}
