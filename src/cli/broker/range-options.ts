import type { Argv } from 'yargs';
import { offset, partitionNumber } from '../options/rules.js';
import { optional } from '../options/value-rule.js';
import { HarnessError } from '../../model/harness-error.js';
import type { RangeRequest } from '../../kafka/topic-range.js';

/** Adds the options that say which part of a topic is read, and in which form it is printed. */
export function rangeOptions<T>(yargs: Argv<T>) {
  return yargs
    .option('until-end', {
      type: 'boolean',
      default: false,
      describe:
        'Stop at the end of the topic as it is now; begins at the beginning, or at the position of --group',
    })
    .option(
      'partition',
      optional('--partition', partitionNumber, { describe: 'Read this partition only' }),
    )
    .option(
      'offset',
      optional('--offset', offset, { describe: 'Begin at this offset of --partition' }),
    )
    .option('json', {
      type: 'boolean',
      default: false,
      describe: 'Print each record as JSON, with its partition, offset, time and key',
    });
}

/** The range that these options ask for; none if they ask for nothing special. Throws USAGE if they contradict each other. */
export function rangeOf(given: {
  readonly untilEnd: boolean;
  readonly partition?: number | undefined;
  readonly offset?: number | undefined;
  readonly group?: string | undefined;
  readonly fromBeginning: boolean;
}): { readonly range?: RangeRequest } {
  const { untilEnd, partition, offset, group, fromBeginning } = given;
  if (offset !== undefined && partition === undefined) {
    throw new HarnessError({
      code: 'USAGE',
      message: '--offset needs --partition: each partition counts its own offsets.',
      hint: 'For example: --partition 0 --offset 100',
    });
  }
  if (!untilEnd && partition === undefined && offset === undefined) return {};
  const groupId = fromBeginning ? undefined : group;
  return {
    range: { untilEnd, partition, offset, groupId, fromBeginning: fromBeginning || untilEnd },
  };
}
