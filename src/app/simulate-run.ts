import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { readSimulation } from '../config/parse-simulation.js';
import { HarnessError, interrupted } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { Manifest, TrialRecord } from '../model/run-record.js';
import type { SimulationModel } from '../model/simulation-model.js';
import type { ReportModel } from '../report/report-model.js';
import { createSimulatedExecutor, virtualClock } from '../simulation/simulated-executor.js';
import { createRunFolder, removeIfNothingRan, writeOpening } from '../store/run-folder.js';
import { playTrials } from './play-trials.js';
import type { PreparedRun } from './prepare-run.js';
import type { RunOptions, RunResult } from './run-experiment.js';
import { simulatedManifest } from './run-manifest.js';
import { openSession, type RunSession } from './run-session.js';

/**
 * The whole program over a made-up world on a clock of its own: no toolchain, no broker, no Spark; a night in about a
 * second. The reports say on top that nothing of it was measured.
 */
export async function simulateRun(
  prepared: PreparedRun,
  { modelFile, ...options }: RunOptions & { readonly modelFile: string },
): Promise<RunResult> {
  const { experiment, plan, text } = prepared;
  if (experiment.measurement.mode !== 'drain') {
    throw new HarnessError({
      code: 'USAGE',
      message: '--simulate plays the mode drain only, and the experiment asks for offered.',
      hint: 'Leave `measurement.mode` out, or run it for real.',
    });
  }
  const { host } = options;
  const file = resolve(host.cwd, modelFile);
  const model = await readSimulation(file);
  const simulationText = await readFile(file, 'utf8');
  const folder = await createRunFolder(
    resolve(host.cwd, options.resultsRoot),
    experiment.name,
    host.now(),
  );
  try {
    const simulation = relative(host.cwd, file);
    const manifest = simulatedManifest({ prepared, simulation, startedAt: host.now() });
    await using session = await openSession(folder, host);
    const opening = { manifest, experiment, experimentText: text, plan, simulationText };
    await writeOpening(folder, opening);
    await session.journal.append({ kind: 'run-started' });
    const parts = { folder, manifest, session, known: [], simulation: model };
    const result = await runInWorld(prepared, { ...options, ...parts });
    if (host.signal.aborted) throw interrupted();
    return { folder, model: result };
  } catch (error) {
    await removeIfNothingRan(folder);
    throw error;
  }
}

/** The trials of a simulated run that are left. */
export async function runInWorld(
  prepared: PreparedRun,
  options: Omit<RunOptions, 'resultsRoot'> & {
    readonly folder: string;
    readonly manifest: Manifest;
    readonly session: RunSession;
    readonly known: readonly TrialRecord[];
    readonly simulation: SimulationModel;
  },
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
