import { relative, resolve } from 'node:path';
import { readSimulation } from '../config/parse-simulation.js';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { SimulationModel } from '../model/simulation-model.js';
import type { ReportModel } from '../report/report-model.js';
import { createSimulatedExecutor, virtualClock } from '../simulation/simulated-executor.js';
import { withNewRun, type OpenRun, type RunOptions, type RunResult } from './open-run.js';
import { playTrials } from './play-trials.js';
import type { PreparedRun } from './prepare-run.js';
import { simulatedManifest } from './run-manifest.js';

/**
 * The whole program over a made-up world on a clock of its own: no toolchain, no broker, no Spark; a night in about a
 * second. The reports say on top that nothing of it was measured.
 */
export async function simulateRun(
  prepared: PreparedRun,
  { modelFile, ...options }: RunOptions & { readonly modelFile: string },
): Promise<RunResult> {
  if (prepared.experiment.measurement.mode !== 'drain') {
    throw new HarnessError({
      code: 'USAGE',
      message: '--simulate plays the mode drain only, and the experiment asks for offered.',
      hint: 'Leave `measurement.mode` out, or run it for real.',
    });
  }
  const { host } = options;
  const file = resolve(host.cwd, modelFile);
  const { simulation, text: simulationText } = await readSimulation(file);
  const manifest = simulatedManifest({
    prepared,
    simulation: relative(host.cwd, file),
    startedAt: host.now(),
  });
  return await withNewRun({ ...prepared, manifest, simulationText }, options, (run) =>
    runInWorld(prepared, { ...options, ...run, simulation }),
  );
}

/** The trials of a simulated run that are left. */
export async function runInWorld(
  prepared: PreparedRun,
  options: Omit<RunOptions, 'resultsRoot'> & OpenRun & { readonly simulation: SimulationModel },
): Promise<ReportModel> {
  const { experiment, plan } = prepared;
  const clock = virtualClock(options.host.now());
  const host: Host = { ...options.host, now: clock.now };
  const executor = createSimulatedExecutor({
    model: options.simulation,
    plan,
    measurement: experiment.measurement,
    records: experiment.data.records ?? 200_000,
    clock,
  });
  return await playTrials(prepared, { ...options, host, executor });
}
