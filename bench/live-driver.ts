import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createSessionExecutor } from '../src/execution/session/session-executor.js';
import { templateJob } from '../src/jobs/template/template-job.js';
import type { MeasurementSpec } from '../src/model/experiment.js';
import type { Assignment } from '../src/model/knob.js';
import type { Trial } from '../src/model/trial/plan.js';
import { readSecrets } from '../src/process/secrets.js';
import type { ColdWorld } from './cold-world.js';

/** A driver that is warm. Disposing ends it. */
interface LiveDriver extends AsyncDisposable {
  /** Runs the shipped job as a trial in it, in one go. Throws if it does not end by itself. */
  readonly trial: () => Promise<void>;
}

/** Starts a driver for trials with these knobs, and warms it. Its files are in a new folder of this name. */
export async function liveDriver(
  { toolchain, archive, endpoint, topic, records, env, signal, folder }: ColdWorld,
  name: string,
  knobs: Assignment,
): Promise<LiveDriver> {
  const measurement: MeasurementSpec = {
    ...{ warmupSeconds: 0, timeLimitSeconds: 300, canary: false, mode: 'drain' },
    ...{ diskReserveBytes: 0, memoryReserveBytes: 0 },
  };
  const executor = createSessionExecutor({
    ...{ job: templateJob(measurement), env, measurement },
    environmentOf: () => ({ toolchain, archive }),
    secrets: await readSecrets([], env),
    inputOf: () => ({ endpoint, topic, records, outputTopic: 'none' }),
    scratch: join(folder, name, 'work'),
    onStep: () => undefined,
  });
  let number = 0;
  const trial = async () => {
    number += 1;
    const planned: Trial = {
      ...{ id: `b1-t${String(number)}-baseline`, block: 1 },
      configuration: { id: 'baseline', role: 'baseline', levels: {}, knobs },
    };
    const directoryOf = ({ id }: Trial) => join(folder, name, id);
    mkdirSync(directoryOf(planned), { recursive: true });
    const context = { directoryOf, signal, onProcess: () => undefined };
    await using launch = await executor.open({ trials: [planned] }, context);
    const { end } = await launch.run(planned, () => undefined);
    if (end.kind !== 'ended') throw new Error(JSON.stringify(end));
  };
  try {
    await trial();
  } catch (error) {
    await executor[Symbol.asyncDispose]();
    throw error;
  }
  return { trial, [Symbol.asyncDispose]: () => executor[Symbol.asyncDispose]() };
}
