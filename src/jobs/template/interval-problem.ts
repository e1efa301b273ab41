/**
 * What is wrong with a length of time as Spark's SQL writes it (`1 hour`, `10 minutes 30 seconds`); undefined if Spark
 * takes it: what `SparkIntervalUtils.stringToInterval` of 4.2.0 does, which knows no `1 s` and no `500ms`. Only seconds may
 * have a fraction; months and years have no fixed length.
 */
export function intervalProblem(
  text: string,
  { least }: { readonly least: 'positive' | 'zero' },
): string | undefined {
  const given = text.trim().replace(/^interval\s+/i, '');
  if (/\d\s+(months?|years?)\b/i.test(given)) {
    return 'whose months or years have no fixed length; use days or weeks';
  }
  if (!form.test(given)) return 'not a length of time such as "1 hour" or "10 minutes 30 seconds"';
  const seconds = secondsIn(given);
  if (seconds < 0) return 'which is less than nothing';
  return seconds === 0 && least === 'positive' ? 'which is no time at all' : undefined;
}

const units = 'microseconds?|milliseconds?|seconds?|minutes?|hours?|days?|weeks?';
const form = new RegExp(
  `^([+-]?\\s*(\\d{1,9}\\s+(${units})|(\\d{1,9}\\.\\d{0,9}|\\.\\d{1,9})\\s+seconds?)(\\s+|$))+$`,
  'i',
);

const unitSeconds: Readonly<Record<string, number>> = {
  microsecond: 1e-6,
  millisecond: 1e-3,
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
};

function secondsIn(text: string): number {
  let seconds = 0;
  for (const [, value, unit = ''] of text.matchAll(/([+-]?\s*[\d.]+)\s+([a-z]+)/gi)) {
    seconds +=
      Number(value?.replace(/\s/g, '')) * (unitSeconds[unit.toLowerCase().replace(/s$/, '')] ?? 0);
  }
  return seconds;
}
