import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isFlat, leastGains, type WarmingTrial } from './flat-rate.js';
import { measureEvidence } from '../../measure/measure-evidence.js';
import { declaredWarmup } from '../../model/declared-warmup.js';
import type { BurnIn, BurnInLimits, DriverFigures } from '../../model/session-record.js';
import type { Assignment } from '../../model/knob.js';
import type { TrialEvidence } from '../../model/trial/executor.js';
import type { Trial } from '../../model/trial/plan.js';
import { runInDriver, type InDriver, type RanInDriver } from './run-in-driver.js';

/** So many of a launch's configurations take turns if its trials run in one go: each takes its time. */
const atMostConfigurations = 4;
/** So many trials of each configuration warm a driver, at least. */
export const warmRounds = 2;

/** What warms a driver. */
export interface WarmUp {
  readonly trials: readonly Trial[];
  /** Records of a turn, if the launch's trials take turns: as many are read each time. */
  readonly turnRecords?: number | undefined;
}

export interface Warmed extends Pick<RanInDriver, 'unfit' | 'inOneGo'> {
  readonly burnIn: BurnIn;
  readonly figures: DriverFigures | null;
}

/**
 * Warms a new driver by trials that count for nothing, until its rate is flat or the limit is reached: the JVM compiles for
 * all that it has seen. For trials that take turns, all configurations warm it, each for as long as a turn. They leave no
 * files behind. Ends early with a driver that ends, or a script that cannot share it or cannot take turns.
 */
export async function burnIn(
  parts: Omit<InDriver, 'trial' | 'onEvent'>,
  { trials, turnRecords }: WarmUp,
  limits: BurnInLimits,
): Promise<Warmed> {
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1_000;
  const chosen =
    turnRecords === undefined ? trials.slice(0, atMostConfigurations) : withOtherKnobs(trials);
  const warming: WarmingTrial[] = [];
  let { figures } = parts.driver;
  let unfit: readonly string[] = [];
  let inOneGo: readonly string[] = [];
  const latest = turnRecords === undefined ? leastGains : Math.max(2 * leastGains, chosen.length);
  const isOver = () =>
    unfit.length + inOneGo.length > 0 ||
    (warming.length >= warmRounds * chosen.length && isFlat(warming, latest)) ||
    warming.length >= limits.trials ||
    seconds() >= limits.seconds;
  while (parts.driver.isRunning() && !isOver()) {
    const trial = chosen[warming.length % chosen.length];
    if (trial === undefined) break;
    const { ran, rowsPerSecond } = await warmOnce(parts, trial, turnRecords);
    ({ figures, unfit, inOneGo } = ran);
    warming.push({ configuration: trial.configuration.id, rowsPerSecond });
  }
  const rates = warming.flatMap(({ rowsPerSecond: rate }) => (rate === null ? [] : [rate]));
  const flat = isFlat(warming, latest);
  return {
    burnIn: { seconds: seconds(), trials: warming.length, isFlat: flat, rates },
    ...{ figures, unfit, inOneGo },
  };
}

/** The first trial with each assignment of knobs: the A/A control has the baseline's. */
function withOtherKnobs(trials: readonly Trial[]): Trial[] {
  const byKnobs = new Map<string, Trial>();
  for (const trial of trials) {
    const key = knobsKey(trial.configuration.knobs);
    if (!byKnobs.has(key)) byKnobs.set(key, trial);
  }
  return [...byKnobs.values()];
}

/** The same for two assignments of the same levels. */
export function knobsKey(knobs: Assignment): string {
  return JSON.stringify(Object.entries(knobs).sort());
}

/** Runs a trial whose files are deleted, of so many records if that is given; and how fast it was. */
async function warmOnce(
  parts: Omit<InDriver, 'trial' | 'onEvent'>,
  trial: Trial,
  records: number | undefined,
): Promise<{ readonly ran: RanInDriver; readonly rowsPerSecond: number | null }> {
  const directory = join(parts.context.directoryOf(trial), 'burn-in');
  await mkdir(directory, { recursive: true });
  const ran = await runInDriver({
    ...parts,
    context: { ...parts.context, directoryOf: () => directory },
    trial: withoutOutput(trial),
    onEvent: () => undefined,
    rehearsal: { records },
  });
  await rm(directory, { recursive: true, force: true });
  const { knobs } = trial.configuration;
  const spec = { warmupSeconds: declaredWarmup(parts.settings.measurement, true) };
  const rowsPerSecond =
    records === undefined
      ? (measureEvidence(ran.evidence, knobs, spec)?.rowsPerSecond ?? null)
      : rateAfterFirst(ran.evidence);
  return { ran, rowsPerSecond };
}

/** Rows per second of the batches but the first, as in a turn; null if there are none. */
function rateAfterFirst({ events }: Pick<TrialEvidence, 'events'>): number | null {
  let [rows, ms] = [0, 0];
  const batches = events.flatMap((event) => (event.kind === 'progress' ? [event.progress] : []));
  for (const batch of batches.filter(({ numInputRows }) => numInputRows > 0).slice(1)) {
    rows += batch.numInputRows;
    ms += batch.durationMs['triggerExecution'] ?? 0;
  }
  return ms > 0 ? (1_000 * rows) / ms : null;
}

/** The topic that a trial writes to has only what the trial itself has written. */
function withoutOutput(trial: Trial): Trial {
  const { configuration } = trial;
  if (configuration.knobs['job.sink'] !== 'kafka') return trial;
  const knobs = { ...configuration.knobs, 'job.sink': 'noop' };
  return { ...trial, configuration: { ...configuration, knobs } };
}
