import { rm } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import type { MeasurementSpec } from '../model/experiment.js';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { Outcome } from '../model/outcome.js';
import type { Trial } from '../model/plan.js';
import type { Toolchain } from '../model/toolchain.js';
import type { TrialContext, TrialExecutor, TrialResult } from '../model/trial-executor.js';
import type { Command } from '../process/command.js';
import { readOomKills } from '../process/machine-reserves.js';
import { runCommand } from '../process/run-command.js';
import type { Secrets } from '../process/secrets.js';
import { readEffectiveConf } from './effective-conf.js';
import { followFile } from './follow-file.js';
import { prepareSubmit } from './prepare-submit.js';
import { speedCanary } from './speed-canary.js';
import { isInOneProcess } from './submit-command.js';
import { exceptionOf, outcomeOf } from './submit-outcome.js';
import { watchTrial } from './trial-watchdogs.js';

export interface SubmitSettings {
  readonly toolchain: Toolchain;
  readonly env: Host['env'];
  readonly bootstrapServers: string;
  readonly measurement: MeasurementSpec;
  readonly secrets: Secrets;
  /** The topic that a trial reads, with its records. */
  readonly inputOf: (trial: Trial) => { readonly topic: string; readonly records: number };
}

/** The executor of the truth: one fresh `spark-submit` per trial. */
export function createSubmitExecutor(settings: SubmitSettings): TrialExecutor {
  return { run: (trial, context) => runSubmit(settings, trial, context) };
}

async function runSubmit(
  settings: SubmitSettings,
  trial: Trial,
  context: TrialContext,
): Promise<TrialResult> {
  const { directory, signal } = context;
  const scratch = join(directory, 'scratch');
  const progressFile = join(directory, 'progress.ndjson');
  const confFile = join(directory, 'effective-conf.json');
  const limitSeconds = settings.measurement.timeLimitSeconds;
  const startedAt = performance.now();
  try {
    const command = await prepareSubmit(settings, trial, {
      directory,
      scratch,
      progressFile,
      confFile,
    });
    let exception: string | null = null;
    const oomKills = await readOomKills();
    const canary = canaryOf(settings, trial, { directory, confFile, env: command.env });
    const backToBack = !('trigger.processingTime' in trial.configuration.knobs);
    using watchdogs = watchTrial(settings.measurement, { folder: directory, backToBack });
    const running = runCommand(command, {
      signal: AbortSignal.any([signal, watchdogs.signal]),
      timeoutMs: limitSeconds * 1_000,
      masker: settings.secrets.masker,
      stdoutFile: join(directory, 'stdout.log'),
      stderrFile: join(directory, 'stderr.log'),
      onStart: (pid) => {
        watchdogs.onProcess(pid);
        context.onProcess?.(pid);
      },
    });
    await followFile(progressFile, running, (line) => {
      watchdogs.onLine(line);
      exception ??= exceptionOf(line);
      if (line.includes('"started"')) {
        canary?.begin();
        context.onQueryStarted?.();
      }
      context.onProgressLine(line);
    });
    const { lines: canaryLines, problem } = (await canary?.end()) ?? noCanary;
    const effectiveConf = await readEffectiveConf(confFile);
    const ended = await running.catch(canceled);
    const outOfMemory = (await readOomKills()) !== oomKills;
    const found =
      (ended === 'canceled' && !signal.aborted ? watchdogs.outcome() : undefined) ??
      outcomeOf({ ended, exception, outOfMemory, trial, limitSeconds, effectiveConf });
    const outcome: Outcome =
      problem !== undefined && found.kind === 'succeeded'
        ? { kind: 'invalid', reason: problem, infrastructure: true }
        : found;
    return { outcome, wallMs: performance.now() - startedAt, effectiveConf, canaryLines };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const noCanary = { lines: [], problem: undefined } as const;

/** Where the whole job is one process on this machine, and the experiment does not turn the canary off. */
function canaryOf(
  settings: SubmitSettings,
  { configuration }: Trial,
  files: { readonly directory: string; readonly confFile: string; readonly env: Command['env'] },
): ReturnType<typeof speedCanary> | undefined {
  if (!settings.measurement.canary || platform() !== 'linux') return undefined;
  if (!isInOneProcess(configuration.knobs)) return undefined;
  return speedCanary({ ...files, python: settings.toolchain.python.executable });
}

function canceled(error: unknown): 'canceled' {
  if (error instanceof HarnessError && error.code === 'INTERRUPTED') return 'canceled';
  throw error;
}
