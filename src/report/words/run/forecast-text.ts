import type { TrialTimes } from '../../../model/run/trial-times.js';
import type { Plan } from '../../../model/trial/plan.js';
import { count, duration } from '../wording.js';

interface ForecastTime {
  readonly totalSeconds: number;
  readonly perTrialSeconds: number;
  readonly times: TrialTimes;
  readonly drivers: number;
}

/** How the trials of a plan are run. */
export type Ways = 'cold' | 'sessions' | 'both';

export function waysOf({ blocks }: Plan, { times }: Pick<ForecastTime, 'times'>): Ways {
  const shared = times.sessionBlocks.length;
  if (shared === 0) return 'cold';
  return shared === blocks.length ? 'sessions' : 'both';
}

/** How long a plan will take, and a trial of each kind. */
export function forecastText(
  { totalSeconds, perTrialSeconds, times, drivers }: ForecastTime,
  ways: Ways,
): string {
  const all = `Forecast: about ${duration(totalSeconds)} in all`;
  if (ways === 'cold') return `${all}, ${duration(perTrialSeconds)} a trial, once set up.`;
  const cold = ways === 'both' ? `${duration(times.coldSeconds)} in a process of its own, ` : '';
  const warming = duration(times.driverStartSeconds + times.burnInSeconds);
  return `${all}, once set up: ${duration(times.sessionSeconds)} a trial in a session, ${cold}and ${warming} to warm up ${drivers === 1 ? 'a driver' : `each of ${count(drivers)} drivers`}.`;
}

/** `12s`, or `4s or 12s` for one that runs both ways. */
export function timeText(
  { seconds, sessionSeconds }: { readonly seconds: number; readonly sessionSeconds: number },
  ways: Ways,
): string {
  if (ways === 'cold') return duration(seconds);
  const shared = duration(sessionSeconds);
  return ways === 'sessions' ? shared : `${shared} or ${duration(seconds)}`;
}
