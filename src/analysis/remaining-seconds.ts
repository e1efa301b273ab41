import { driversFor, type LiveDriver } from '../knobs/drivers-for.js';
import { driverKey } from '../knobs/hot-knobs.js';
import type { TrialTimes } from '../model/run/trial-times.js';
import type { EndedTrial } from '../model/trial/ended-trial.js';
import type { Trial } from '../model/trial/plan.js';
import { mean } from '../stats/mean.js';

/**
 * Estimates the seconds that these trials will take in this order, with the drivers that must be started and warmed for
 * them. `live`: the driver that the first of them finds.
 */
export function remainingSeconds(
  left: readonly Trial[],
  times: TrialTimes,
  live?: LiveDriver,
): number {
  const shared = new Set(times.sessionBlocks);
  const inSession = shared.size === 0 ? [] : left.filter(({ block }) => shared.has(block));
  return (
    (left.length - inSession.length) * times.coldSeconds +
    inSession.length * times.sessionSeconds +
    driversFor(inSession, live) * (times.driverStartSeconds + times.burnInSeconds)
  );
}

/**
 * Those of `left` that are still to be run. Trials that take turns end together: once one has ended, the others of its
 * block are nearly through as well.
 */
export function stillToRun(left: readonly Trial[], ended: readonly EndedTrial[]): Trial[] {
  const inTurns = ended.filter(({ session }) => session?.turns !== undefined);
  const through = new Set(inTurns.map(({ trial }) => blockInDriver(trial)));
  return left.filter((trial) => !through.has(blockInDriver(trial)));
}

function blockInDriver({ block, configuration }: Trial): string {
  return `${String(block)} ${driverKey(configuration.knobs)}`;
}

/** What trials take by the mean of those that have ended, of each kind; by the forecast where none has. */
export function measuredTimes(forecast: TrialTimes, ended: readonly EndedTrial[]): TrialTimes {
  const shared = new Set(forecast.sessionBlocks);
  const [cold, inSession, burnIns]: [number[], number[], number[]] = [[], [], []];
  for (const { trial, wallMs, session } of ended) {
    (shared.has(trial.block) ? inSession : cold).push(wallMs / 1_000);
    if (session?.place === 1) burnIns.push(session.burnIn.seconds);
  }
  return {
    ...forecast,
    coldSeconds: meanOr(forecast.coldSeconds, cold),
    sessionSeconds: meanOr(forecast.sessionSeconds, inSession),
    burnInSeconds: meanOr(forecast.burnInSeconds, burnIns),
  };
}

function meanOr(otherwise: number, values: readonly number[]): number {
  return values.length === 0 ? otherwise : mean(values);
}

/** The driver that the next trial finds after these, if it can share one. */
export function driverAfter(ended: readonly EndedTrial[]): LiveDriver | undefined {
  const last = ended.findLast(({ session }) => session !== undefined);
  if (last?.session === undefined) return undefined;
  return { key: driverKey(last.trial.configuration.knobs), trials: last.session.place };
}
