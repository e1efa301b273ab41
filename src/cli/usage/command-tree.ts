import type { CommandModule } from 'yargs';

/** A command, or a group of them with a first word in common: `topic create`, `topic list`. */
export interface CommandGroup extends CommandModule {
  readonly actions: readonly CommandModule[];
}

type Named = Pick<CommandModule, 'command'>;

/** A command by its words, and what it must be given: `<file>`, or which actions it has. */
export interface KnownCommand {
  /** `topic create` */
  readonly name: string;
  readonly needs: readonly string[];
  /** The names of all its arguments, without brackets: `file`. */
  readonly arguments: readonly string[];
  readonly isGroup: boolean;
}

/** Every command that can be called, groups before their actions. */
export function knownCommands(modules: readonly Named[]): KnownCommand[] {
  return modules.flatMap((one) => {
    const known = knownCommand(one);
    const actions = 'actions' in one ? (one as CommandGroup).actions : undefined;
    if (actions === undefined) return [known];
    const inner = actions.map(knownCommand);
    return [
      { ...known, needs: [eitherOf(inner.map(({ name }) => name))], isGroup: true },
      ...inner.map((action) => ({ ...action, name: `${known.name} ${action.name}` })),
    ];
  });
}

/** `up, down or status` */
export function eitherOf(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(names);
}

/** The command that a line calls, so far as its first words say. */
export function commandOf(
  typed: readonly string[],
  known: readonly KnownCommand[],
): KnownCommand | undefined {
  return [typed.slice(0, 2), typed.slice(0, 1)]
    .map((words) => known.find(({ name }) => name === words.join(' ')))
    .find((found) => found !== undefined);
}

function knownCommand({ command }: Named): KnownCommand {
  const [name = '', ...rest] = String(command).split(' ');
  return {
    name,
    needs: rest.filter((word) => word.startsWith('<')),
    arguments: rest.map((word) => word.replace(/[<>[\].]/g, '')),
    isGroup: false,
  };
}
