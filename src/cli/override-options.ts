import type { Argv } from 'yargs';

/** Adds the options that change an experiment for one run. */
export function overrideOptions<T>(yargs: Argv<T>) {
  return yargs
    .option('blocks', { type: 'number', describe: 'Blocks, instead of those of the file' })
    .option('seed', { type: 'number', describe: 'Seed of the order, instead of that of the file' })
    .option('master', { type: 'string', describe: 'Spark master, for example local[2]' })
    .option('spark-version', { type: 'string', describe: 'An exact Spark version' });
}
