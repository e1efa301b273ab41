import { relative, resolve } from 'node:path';
import { versions as nodeVersions } from 'node:process';
import { readSimulation } from '../../config/parse-simulation.js';
import { createSimulatedExecutor } from '../../execution/simulated/simulated-executor.js';
import { virtualClock } from '../../execution/simulated/virtual-clock.js';
import { executorOfBlock } from '../../design/executor-of-block.js';
import { HarnessError } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import type { PreparedRun } from '../prepare-run.js';
import type { Backend } from './backend.js';

/** A simulated backend, with the text of its model to store. */
export interface SimulatedBackend extends Backend {
  readonly simulationText: string;
}

/**
 * A simulated world with its own clock: no toolchain, broker or Spark; an overnight run takes about a second. The
 * reports say at the top that nothing was measured.
 */
export async function simulatedBackend(
  { experiment, plan, hashes, data: { records } }: PreparedRun,
  modelFile: string,
  host: Host,
): Promise<SimulatedBackend> {
  if (experiment.measurement.mode !== 'drain') throw drainOnly();
  const file = resolve(host.cwd, modelFile);
  const { simulation: model, text: simulationText } = await readSimulation(file);
  const none = 'none, simulated';
  return {
    simulationText,
    identity: {
      simulation: relative(host.cwd, file),
      versions: { node: nodeVersions.node, java: none, python: none, spark: none, kafka: none },
      broker: none,
      hashes: { ...hashes, job: none, dataset: none },
    },
    open: () => {
      const clock = virtualClock(host.now());
      const { measurement } = experiment;
      return Promise.resolve({
        executor: createSimulatedExecutor({
          ...{ model, plan, measurement, records, clock },
          isShared: (block) => executorOfBlock(experiment, plan.screening, block) === 'session',
        }),
        takesTurns: () => false,
        now: clock.now,
        watch: () => Promise.resolve(() => Promise.resolve(null)),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      });
    },
  };
}

function drainOnly(): HarnessError {
  return new HarnessError({
    code: 'USAGE',
    message: '--simulate supports only the drain mode, and the experiment uses offered.',
    hint: 'Remove `measurement.mode`, or run it for real.',
  });
}
