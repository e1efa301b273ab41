import { keyRule } from '../../config/key-rule.js';
import { findKnob } from '../../knobs/catalogue.js';
import { isTopicName, topicNameRule } from '../../model/topic-name.js';
import { spanMs, timeOfDay } from '../time-span.js';
import type { ValueRule } from './value-rule.js';

/** An option with the meaning of a key of the experiment file takes what that key takes. */
export const blocks = numberOf('design', 'blocks');
export const orderSeed = numberOf('design', 'seed');
export const dataSeed = numberOf('data', 'seed');
export const recordCount = numberOf('data', 'records');
export const rate = numberOf('measurement', 'rate');
export const sparkVersion = {
  ...textOf('spark', 'version'),
  takes: 'an exact version, three numbers, such as 4.0.0',
};
export const bootstrapServers = textOf('kafka', 'bootstrapServers');
/** One with the meaning of a knob takes what the catalogue says of it. */
export const partitions = knobNumber('topic.partitions');

export const master = text('a Spark master, such as local[2] or spark://HOST:7077', (given) =>
  /^[^-\s\p{C}][^\s\p{C}]*$/u.test(given),
);
export const topicName = text(topicNameRule, isTopicName);
export const consumerGroup = text(
  'up to 249 characters, none of them a control character',
  (given) => /^\P{C}{1,249}$/u.test(given),
);
export const span = text(
  'a span of time of up to a year, such as 8h or 1h30m',
  (given) => spanMs(given) !== undefined,
);
export const clockTime = text(
  'a time of day, such as 07:00',
  (given) => timeOfDay(given) !== undefined,
);
export const cores = wholeNumber(1, 1_024);
export const port = wholeNumber(1, 65_535);
export const freeOrPort = wholeNumber(0, 65_535);
export const workers = wholeNumber(1, 64);
export const workerMemory = text('megabytes or gigabytes, such as 1536m or 2g', (given) =>
  /^[1-9]\d{0,5}[mg]$/i.test(given),
);
export const partitionNumber = wholeNumber(0, 2_147_483_647);
export const offset = wholeNumber(0, Number.MAX_SAFE_INTEGER);
export const messageCount = wholeNumber(1, Number.MAX_SAFE_INTEGER);

function numberOf(...path: readonly string[]): ValueRule<number> {
  const { takes, accepts } = keyRule(...path);
  return {
    takes,
    parse: (given) => {
      const value = numberIn(given);
      return accepts(value) ? value : undefined;
    },
  };
}

function textOf(...path: readonly string[]): ValueRule<string> {
  const { takes, accepts } = keyRule(...path);
  return text(takes, accepts);
}

function knobNumber(key: string): ValueRule<number> {
  // Not before it is asked for: the catalogue is in files.
  const rule = () => {
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = findKnob(key) ?? {};
    return wholeNumber(min, max);
  };
  return {
    get takes() {
      return rule().takes;
    },
    parse: (given) => rule().parse(given),
  };
}

function wholeNumber(least: number, most: number): ValueRule<number> {
  return {
    takes: `a whole number from ${least.toLocaleString('en')} to ${most.toLocaleString('en')}`,
    parse: (given) => {
      const value = numberIn(given);
      return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
    },
  };
}

function text(takes: string, isRight: (given: string) => boolean): ValueRule<string> {
  return { takes, parse: (given) => (isRight(given) ? given : undefined) };
}

/** A number as people write one, `1e6` too; NaN for other text, such as hexadecimal digits. */
function numberIn(given: string): number {
  return /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(given) ? Number(given) : NaN;
}
