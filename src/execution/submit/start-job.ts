import { HarnessError } from '../../model/harness-error.js';
import { targetOf } from '../../model/target.js';
import { runCommand, type CommandResult } from '../../process/run-command.js';
import { watchDriver } from '../cluster/submitted-driver.js';
import { logsOf } from '../trial/trial-files.js';
import { followOutput, withOutput } from './driver-output.js';
import type { JobStops } from './job-stops.js';
import type { Submitted } from './prepare-command.js';

/**
 * Starts the command within its time limit, its output in the trial's folder; resolves when all of it has ended, here and
 * on the cluster.
 */
export async function startJob(
  { command, settings, trial, files, context }: Submitted,
  stops: JobStops,
): Promise<CommandResult | 'canceled'> {
  const { knobs } = trial.configuration;
  const { env, measurement, onLine } = settings;
  const { toolchain } = settings.environmentOf(knobs);
  const driver = watchDriver(targetOf(knobs), files, { toolchain, env });
  const onLogged = (line: string) => {
    stops.onLine(line);
    onLine?.(line);
  };
  const running = runCommand(command, {
    signal: AbortSignal.any([context.signal, stops.signal]),
    timeoutMs: measurement.timeLimitSeconds * 1_000,
    masker: settings.secrets.masker,
    files: logsOf(files),
    onLine: (line) => {
      driver.onLine(line);
      onLogged(line);
    },
    onStop: stops.onStop,
    onStart: (pid) => {
      stops.onProcess(pid);
      context.onProcess(pid);
    },
  }).catch(canceled);
  const told = await followOutput(files, running, onLogged);
  const ended = await running;
  if (ended === 'canceled' || ended.exitCode !== 0) await driver.kill();
  driver.forget();
  return ended === 'canceled' ? ended : withOutput(ended, told);
}

function canceled(error: unknown): 'canceled' {
  if (error instanceof HarnessError && error.code === 'INTERRUPTED') return 'canceled';
  throw error;
}
