import type { TopicView } from '../../model/topic-view.js';

/** The place in a topic that an address asks for. */
export interface AskedPlace {
  readonly partition: number;
  /** Within the partition, or at its end. */
  readonly offset: number;
  /** As typed; empty if no time was asked for. */
  readonly time: string;
  /** The time, milliseconds since 1970. */
  readonly at: number | undefined;
  /** What is wrong with what was asked for; then nothing is to be read. */
  readonly problem: string | undefined;
}

/** Reads `partition`, `offset` and `time`; without them, the beginning of the first partition. */
export function askedPlace(
  { partitions }: TopicView,
  query: Readonly<Record<string, string | undefined>>,
): AskedPlace {
  const [first] = partitions;
  const wanted = wholeNumber(query['partition']) ?? first?.partition ?? 0;
  const part = partitions.find(({ partition }) => partition === wanted);
  const time = (query['time'] ?? '').trim().slice(0, 40);
  const at = time === '' ? undefined : timeOf(time);
  const { earliest, latest } = part ?? { earliest: 0, latest: 0 };
  const typed = (query['offset'] ?? '').trim();
  const offset = typed === '' ? earliest : wholeNumber(typed);
  const problem =
    part === undefined
      ? `The topic has no partition ${String(wanted)}.`
      : time !== '' && at === undefined
        ? 'That is no time: give one such as 2026-01-31T20:00:00.'
        : offset === undefined
          ? 'That is no offset: give a whole number.'
          : undefined;
  const within = Math.min(Math.max(offset ?? earliest, earliest), latest);
  return { partition: part?.partition ?? first?.partition ?? 0, offset: within, time, at, problem };
}

function wholeNumber(text: string | undefined): number | undefined {
  const value = /^\d{1,16}$/.test(text ?? '') ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

/** An ISO time in UTC, unless it names another zone. */
function timeOf(text: string): number | undefined {
  const isPlain = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?)?$/.test(text);
  const at = Date.parse(isPlain && text.length > 10 ? `${text.replace(' ', 'T')}Z` : text);
  return Number.isNaN(at) || at < 0 ? undefined : at;
}
