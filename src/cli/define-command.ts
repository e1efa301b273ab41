import type { CommandModule } from 'yargs';

/** A command whose handler knows the types of the options that its builder declares. */
export function defineCommand<Options>(command: CommandModule<object, Options>): CommandModule {
  return command as unknown as CommandModule;
}
