import { relative, resolve } from 'node:path';
import { readSimulation } from '../config/parse-simulation.js';
import { HarnessError, interrupted } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import { createSimulatedExecutor, virtualClock } from '../simulation/simulated-executor.js';
import { createRunFolder, removeIfNothingRan } from '../store/run-folder.js';
import { playTrials } from './play-trials.js';
import type { PreparedRun } from './prepare-run.js';
import type { RunOptions, RunResult } from './run-experiment.js';
import { simulatedManifest } from './run-manifest.js';

/**
 * The whole program over a made-up world on a clock of its own: no toolchain, no broker, no Spark; a night in about a
 * second. The reports say on top that nothing of it was measured.
 */
export async function simulateRun(
  prepared: PreparedRun,
  { modelFile, ...options }: RunOptions & { readonly modelFile: string },
): Promise<RunResult> {
  const { experiment, plan } = prepared;
  if (experiment.measurement.mode !== 'drain') {
    throw new HarnessError({
      code: 'USAGE',
      message: '--simulate plays the mode drain only, and the experiment asks for offered.',
      hint: 'Leave `measurement.mode` out, or run it for real.',
    });
  }
  const model = await readSimulation(resolve(options.host.cwd, modelFile));
  const clock = virtualClock(options.host.now());
  const host: Host = { ...options.host, now: clock.now };
  const root = resolve(host.cwd, options.resultsRoot);
  const folder = await createRunFolder(root, experiment.name, host.now());
  try {
    const executor = createSimulatedExecutor({
      model,
      plan,
      measurement: experiment.measurement,
      records: experiment.data.records ?? 200_000,
      clock,
    });
    const manifest = simulatedManifest({
      prepared,
      simulation: relative(host.cwd, modelFile),
      startedAt: host.now(),
    });
    const result = await playTrials(prepared, { ...options, host, folder, manifest, executor });
    if (host.signal.aborted) throw interrupted();
    return { folder, model: result };
  } catch (error) {
    await removeIfNothingRan(folder);
    throw error;
  }
}
