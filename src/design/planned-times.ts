import { driversFor } from '../knobs/drivers-for.js';
import type { Experiment } from '../model/experiment.js';
import { trialsOfDriver } from '../model/session-record.js';
import type { TrialTimes } from '../model/run/trial-times.js';
import { trialsOf, type Plan, type Trial } from '../model/trial/plan.js';
import { executorOfBlock } from './executor-of-block.js';
import { expectedOf, type ExpectedTrials } from './expected-trials.js';
import { driverStartSeconds } from './session-seconds.js';

/** What one trial of a configuration takes, in a process of its own and in a session. */
interface OneTrial {
  readonly id: string;
  readonly seconds: number;
  readonly sessionSeconds: number;
}

/** The trials that run whatever a screening keeps. */
export function sureTrials(plan: Plan): Trial[] {
  const { blocks: last } = plan.screening ?? { blocks: Infinity };
  return trialsOf(plan).filter(
    ({ block, configuration }) => block <= last || configuration.role !== 'candidate',
  );
}

/** The blocks whose trials share drivers. */
export function sessionBlocksOf(plan: Plan, experiment: Experiment): number[] {
  return plan.blocks
    .map(({ number }) => number)
    .filter((number) => executorOfBlock(experiment, plan.screening, number) === 'session');
}

/** Means over the trials, as if all of them ran in each way. */
export function timesOf(
  sure: readonly Trial[],
  configurations: readonly OneTrial[],
  sessions: Pick<TrialTimes, 'sessionBlocks' | 'burnInSeconds'>,
): TrialTimes {
  const meanSeconds = (blocks: readonly number[]) =>
    secondsOf(sure, configurations, { sessionBlocks: blocks }) / Math.max(1, sure.length);
  return {
    coldSeconds: meanSeconds([]),
    sessionSeconds: meanSeconds(sure.map(({ block }) => block)),
    driverStartSeconds,
    ...sessions,
  };
}

/** What these trials take, each by its own configuration, without what warming drivers up takes. */
export function secondsOf(
  trials: readonly Trial[],
  configurations: readonly OneTrial[],
  { sessionBlocks }: Pick<TrialTimes, 'sessionBlocks'>,
): number {
  const shared = new Set(sessionBlocks);
  const byId = new Map(configurations.map((one) => [one.id, one]));
  return trials.reduce((sum, { block, configuration }) => {
    const { seconds = 0, sessionSeconds = 0 } = byId.get(configuration.id) ?? {};
    return sum + (shared.has(block) ? sessionSeconds : seconds);
  }, 0);
}

/** How many drivers trials in sessions will share: at least those that the trials which surely run need in their order. */
export function driversOf(
  plan: Plan,
  { sessionBlocks }: Pick<TrialTimes, 'sessionBlocks'>,
  expected: ExpectedTrials,
): number {
  const shared = new Set(sessionBlocks);
  const needed = driversFor(sureTrials(plan).filter(({ block }) => shared.has(block)));
  const trials = sessionBlocks.reduce((sum, block) => sum + expectedOf(expected, plan, block), 0);
  return Math.max(needed, Math.ceil(trials / trialsOfDriver));
}
