import type { Deadline } from '../model/run/deadline.js';
import { HarnessError } from '../model/harness-error.js';

/** A deadline further away than a year is a mistake. */
const longestMs = 365 * 24 * 3_600_000;

/** The milliseconds of `8h`, `90m`, `1h30m` or `45s`; undefined for other text, nothing, or more than a year. */
export function spanMs(text: string): number | undefined {
  const match = /^(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(
    text.trim(),
  );
  if (match === null) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part || 0));
  const ms = 1_000 * (3_600 * hours + 60 * minutes + seconds);
  return ms > 0 && ms <= longestMs ? ms : undefined;
}

/** The hour and minute of `HH:MM`; undefined for other text. */
export function timeOfDay(text: string): readonly [hour: number, minute: number] | undefined {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim());
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}

/** Parses a span into milliseconds. Throws USAGE. */
export function parseSpan(text: string, option: string): number {
  const ms = spanMs(text);
  if (ms !== undefined) return ms;
  throw new HarnessError({
    code: 'USAGE',
    message: `${option} is ${JSON.stringify(text)}, not a span of time.`,
    hint: `For example: ${option} 8h, or ${option} 1h30m`,
  });
}

/** Returns the next time the local clock shows `HH:MM`, in ms since 1970. Throws USAGE. */
export function nextTime(text: string, option: string, now: number): number {
  const time = timeOfDay(text);
  if (time === undefined) {
    throw new HarnessError({
      code: 'USAGE',
      message: `${option} is ${JSON.stringify(text)}, not a time of day.`,
      hint: `For example: ${option} 07:00`,
    });
  }
  const at = new Date(now);
  at.setHours(...time, 0, 0);
  if (at.getTime() <= now) at.setDate(at.getDate() + 1);
  return at.getTime();
}

/** The deadline of a run, from its options. Throws USAGE. */
export function deadlineOf(
  { budget, until }: { readonly budget?: string | undefined; readonly until?: string | undefined },
  now: number,
): Deadline {
  return {
    ...(budget === undefined ? {} : { budgetEnd: now + parseSpan(budget, '--budget') }),
    ...(until === undefined ? {} : { until: nextTime(until, '--until', now) }),
  };
}
