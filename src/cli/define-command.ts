import type { CommandModule } from 'yargs';
import { unknownCommand } from './usage/unknown-command.js';
import { knownCommands, type CommandGroup } from './usage/command-tree.js';

/** A command whose handler knows the types of the options that its builder declares. */
export function defineCommand<Options>(command: CommandModule<object, Options>): CommandModule {
  return command as unknown as CommandModule;
}

/** A command with actions, each a command of its own: `topic create`, `topic list`. */
export function defineGroup(group: {
  readonly name: string;
  readonly actions: readonly CommandModule[];
  readonly example: readonly [command: string, describe: string];
}): CommandGroup {
  const { name, actions, example } = group;
  return {
    actions,
    builder: (yargs) =>
      actions.reduce((known, action) => known.command(action), yargs).example(...example),
    handler: ({ action }) => {
      throw unknownCommand(name, String(action), knownCommands([{ ...group, command: name }]));
    },
  };
}
