import type { Argv } from 'yargs';

/** Adds the options that override parts of an experiment for one run. */
export function overrideOptions<T>(yargs: Argv<T>) {
  return yargs
    .option('blocks', { type: 'number', describe: 'Number of blocks, overrides the file' })
    .option('seed', { type: 'number', describe: 'Seed of the order, overrides the file' })
    .option('master', { type: 'string', describe: 'Spark master, such as local[2]' })
    .option('spark-version', { type: 'string', describe: 'An exact Spark version' });
}
