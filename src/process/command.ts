/** A program with its arguments, never a shell line. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The complete environment of the child; nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Options common to all child processes: their own process group, no input, exactly the given environment. */
export function spawnOptions(command: Command) {
  const env: Record<string, string> = {};
  for (const [key, value] of Object.entries(command.env)) if (value !== undefined) env[key] = value;
  return {
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    env,
    extendEnv: false,
    detached: true,
    stdin: 'ignore',

    buffer: false,
    reject: false,
  } as const;
}
