import type { Argv } from 'yargs';
import { blocks, master, orderSeed, sparkVersion } from './options/rules.js';
import { optional } from './options/value-rule.js';

/** Adds the options that override parts of an experiment for one run. */
export function overrideOptions<T>(yargs: Argv<T>) {
  return yargs
    .option(
      'blocks',
      optional('--blocks', blocks, { describe: 'Number of blocks, overrides the file' }),
    )
    .option(
      'seed',
      optional('--seed', orderSeed, { describe: 'Seed of the order, overrides the file' }),
    )
    .option('master', optional('--master', master, { describe: 'Spark master, such as local[2]' }))
    .option('spark-version', sparkVersionOption('An exact Spark version'));
}

/** The option `--spark-version`, with its own description for each command. */
export function sparkVersionOption(describe: string) {
  return optional('--spark-version', sparkVersion, { describe });
}
