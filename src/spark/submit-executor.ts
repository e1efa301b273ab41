import { mkdir, rm, writeFile } from 'node:fs/promises';
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
import { projectPath } from '../process/project-paths.js';
import { runCommand, type CommandResult } from '../process/run-command.js';
import { classifyFailure } from './classify-failure.js';
import { confMismatch, readEffectiveConf } from './effective-conf.js';
import { followFile } from './follow-file.js';
import { jobParameters } from './job-parameters.js';
import { renderJob } from './render-job.js';
import { stalled, stallWatchdog } from './stall-watchdog.js';
import { speedCanary } from './speed-canary.js';
import { isInOneProcess, submitCommand } from './submit-command.js';

export interface SubmitSettings {
  readonly toolchain: Toolchain;
  readonly env: Host['env'];
  readonly bootstrapServers: string;
  readonly measurement: MeasurementSpec;
  /** The topic that a trial reads, with its records. */
  readonly inputOf: (trial: Trial) => { readonly topic: string; readonly records: number };
}

const log4j = `rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
`;

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
  const startedAt = performance.now();
  try {
    const command = await prepare(settings, trial, { directory, scratch, progressFile, confFile });
    let exception: string | null = null;
    const canary = canaryOf(settings, trial, { directory, confFile, env: command.env });
    const watchdog = stallWatchdog(settings.measurement.stallSeconds);
    const running = runCommand(command, {
      signal: AbortSignal.any([signal, watchdog.signal]),
      timeoutMs: settings.measurement.timeLimitSeconds * 1_000,
      stdoutFile: join(directory, 'stdout.log'),
      stderrFile: join(directory, 'stderr.log'),
      ...(context.onProcess === undefined ? {} : { onStart: context.onProcess }),
    });
    await followFile(progressFile, running, (line) => {
      watchdog.alive();
      exception ??= exceptionOf(line);
      if (line.includes('"started"')) {
        canary?.begin();
        context.onQueryStarted?.();
      }
      context.onProgressLine(line);
    });
    const { lines: canaryLines, problem } = (await canary?.end()) ?? noCanary;
    watchdog.stop();
    const effectiveConf = await readEffectiveConf(confFile);
    const ended = await running.catch(canceled);
    const found =
      stalled(watchdog, signal) ?? outcomeOf({ ended, exception, trial, settings, effectiveConf });
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

/** Writes the trial's files and returns the call. Checkpoint and output are below the fresh scratch folder. */
async function prepare(
  settings: SubmitSettings,
  trial: Trial,
  files: {
    readonly directory: string;
    readonly scratch: string;
    readonly progressFile: string;
    readonly confFile: string;
  },
): Promise<Command> {
  const { toolchain, env, bootstrapServers, measurement } = settings;
  const { directory, scratch } = files;
  const { knobs } = trial.configuration;
  const { topic, records } = settings.inputOf(trial);
  const endless = measurement.mode !== 'drain';
  const parameters = jobParameters(knobs, { endless });
  await mkdir(join(scratch, 'conf'), { recursive: true });
  await writeFile(join(scratch, 'conf', 'log4j2.properties'), log4j);
  const job = join(directory, 'data_stream.py');
  await writeFile(
    job,
    renderJob(parameters, {
      bootstrapServers,
      topic,
      checkpoint: join(scratch, 'checkpoint'),
      output: join(scratch, 'output'),
      radioCodes: projectPath('data/radio_code.json'),
    }),
  );
  const command = submitCommand({
    toolchain,
    env,
    knobs,
    confFolder: join(scratch, 'conf'),
    scratchFolder: scratch,
    application: [projectPath('spark-jobs/launcher.py'), job],
    settings: {
      STREAMTUNE_PROGRESS_FILE: files.progressFile,
      STREAMTUNE_EFFECTIVE_CONF_FILE: files.confFile,
      STREAMTUNE_STOP_AFTER_SECONDS: measurement.windowSeconds?.toString(),
      STREAMTUNE_STOP_AFTER_RECORDS:
        parameters.endsByItself || endless ? undefined : String(records),
    },
  });
  const request = { trial, topic, records, command };
  await writeFile(join(directory, 'request.json'), `${JSON.stringify(request, null, 2)}\n`);
  return command;
}

function canceled(error: unknown): 'canceled' {
  if (error instanceof HarnessError && error.code === 'INTERRUPTED') return 'canceled';
  throw error;
}

function outcomeOf(parts: {
  readonly ended: CommandResult | 'canceled';
  readonly exception: string | null;
  readonly trial: Trial;
  readonly settings: SubmitSettings;
  readonly effectiveConf: TrialResult['effectiveConf'];
}): Outcome {
  const { ended, exception, trial, settings, effectiveConf } = parts;
  if (ended === 'canceled') return { kind: 'canceled' };
  if (ended.timedOut) {
    return { kind: 'timed-out', limitSeconds: settings.measurement.timeLimitSeconds };
  }
  if (ended.exitCode !== 0 || exception !== null) return classifyFailure({ ...ended, exception });
  if (ended.stderr.includes('Dropping event from queue')) {
    return {
      kind: 'invalid',
      reason: 'Spark dropped progress events from its listener queue',
      infrastructure: true,
    };
  }
  if (effectiveConf === null) {
    return { kind: 'invalid', reason: 'the job ended without having started a streaming query' };
  }
  const mismatch = confMismatch(trial.configuration.knobs, effectiveConf);
  return mismatch === undefined ? { kind: 'succeeded' } : { kind: 'invalid', reason: mismatch };
}

function exceptionOf(line: string): string | null {
  if (!line.includes('"terminated"')) return null;
  try {
    const event = JSON.parse(line) as { event?: string; exception?: string | null };
    return event.event === 'terminated' ? (event.exception ?? null) : null;
  } catch {
    return null;
  }
}
