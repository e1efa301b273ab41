import type { Argv } from 'yargs';

/** The address of the broker that a command by hand talks to. */
export function brokerOption<T>(yargs: Argv<T>) {
  return yargs.option('bootstrap-servers', {
    alias: 'b',
    type: 'string',
    default: 'localhost:9092',
    describe: 'The broker, as HOST:PORT',
  });
}
