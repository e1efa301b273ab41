import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createSessionExecutor } from '../src/execution/session/session-executor.js';
import type { Assignment } from '../src/model/knob.js';
import { runAlone, settingsIn, type ColdWorld } from './cold-world.js';

/** A driver that is warm. Disposing ends it. */
interface LiveDriver extends AsyncDisposable {
  /** Runs the shipped job as a trial in it, in one go. Throws if it does not end by itself. */
  readonly trial: () => Promise<void>;
}

/** Starts a driver for trials with these knobs, and warms it. Its files are in a new folder of this name. */
export async function liveDriver(
  world: ColdWorld,
  name: string,
  knobs: Assignment,
): Promise<LiveDriver> {
  const folder = join(world.folder, name);
  const executor = createSessionExecutor({
    ...(await settingsIn(world, { warmupSeconds: 0, archive: world.archive })),
    scratch: join(folder, 'work'),
    onStep: () => undefined,
  });
  let number = 0;
  const trial = async () => {
    number += 1;
    const directory = join(folder, `trial-${String(number)}`);
    mkdirSync(directory, { recursive: true });
    await runAlone(executor, { directory, knobs }, world);
  };
  try {
    await trial();
  } catch (error) {
    await executor[Symbol.asyncDispose]();
    throw error;
  }
  return { trial, [Symbol.asyncDispose]: () => executor[Symbol.asyncDispose]() };
}
