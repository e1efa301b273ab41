import type { CommandModule } from 'yargs';
import type { ProcessIdentity } from '../../model/process-identity.js';
import { cacheFolder } from '../../toolchain/cache-folder.js';
import { inCache } from '../../toolchain/integrity/cache-failure.js';
import { tell, type CommandContext } from '../command-context.js';
import { defineCommand } from '../define-command.js';

/** What `up` leaves running on this machine until `down`. */
export interface LeftRunning {
  readonly what: 'broker' | 'cluster';
  readonly directory: string;
}

/** Where its processes keep their files, and what to say while another streamtune starts or stops it. */
export function waitingFor(context: CommandContext, { what, directory }: LeftRunning) {
  return {
    directory,
    signal: context.host.signal,
    onWait: ({ pid }: ProcessIdentity) => {
      const other = `Another streamtune (process ${String(pid)})`;
      tell(context, `${other} is starting or stopping the ${what}, waiting for it`);
    },
  };
}

/** Starts or stops it, with the cache as the place where its folder could not be written. */
export async function inItsFolder<T>(
  context: CommandContext,
  { what }: LeftRunning,
  work: () => Promise<T>,
): Promise<T> {
  return await inCache(cacheFolder(context.host), `The ${what} needs a folder`, work);
}

/** `down`: stops it, and says whether there was something to stop. */
export function downCommand(
  context: CommandContext,
  parts: {
    readonly left: () => LeftRunning;
    readonly describe: string;
    readonly example: readonly [command: string, description: string];
    readonly stop: (options: ReturnType<typeof waitingFor>) => Promise<boolean>;
  },
): CommandModule {
  return defineCommand({
    command: 'down',
    describe: parts.describe,
    builder: (yargs) => yargs.example(...parts.example),
    handler: async () => {
      const left = parts.left();
      const stopped = await inItsFolder(context, left, () => parts.stop(waitingFor(context, left)));
      tell(context, stopped ? 'Stopped.' : `No ${left.what} is running.`);
    },
  });
}
