import { rm } from 'node:fs/promises';
import { HarnessError } from '../../model/harness-error.js';
import type {
  Executor,
  LaunchContext,
  TrialEnd,
  TrialEvidence,
} from '../../model/trial/executor.js';
import type { TrialFiles } from '../../model/trial/job.js';
import type { Trial } from '../../model/trial/plan.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import { runCommand, type CommandResult } from '../../process/run-command.js';
import { lossProblem } from '../cluster/watch-executors.js';
import { withHolders } from '../cluster/who-holds.js';
import { watchApplication } from '../cluster/yarn-application.js';
import { processPerTrial } from '../process-per-trial.js';
import { followJob } from '../trial/follow-job.js';
import { endOf, problemsIn } from '../trial/process-end.js';
import { filesOf, logsOf, readKept } from '../trial/trial-files.js';
import { jobStops } from './job-stops.js';
import { prepareCommand, type Prepared } from './prepare-command.js';
import type { SubmitSettings } from './submit-settings.js';

/** The real executor: one fresh `spark-submit` per trial. */
export function createSubmitExecutor(settings: SubmitSettings): Executor {
  return processPerTrial(async (trial, context, onEvent) => {
    const startedAt = performance.now();
    const shared = settings.shared?.placeOf(trial);
    const files = filesOf(context.directoryOf(trial), shared?.path);
    try {
      const prepared = await prepareCommand(settings, trial, files);
      const evidence = await runJob({ ...prepared, settings, trial, files, context, onEvent });
      return { ...evidence, wallMs: performance.now() - startedAt };
    } finally {
      await rm(files.scratch, { recursive: true, force: true });
      await shared?.clear().catch(() => undefined); // the run's own end clears the rest
    }
  });
}

interface Submitted extends Prepared {
  readonly settings: SubmitSettings;
  readonly trial: Trial;
  readonly files: TrialFiles;
  readonly context: LaunchContext;
  readonly onEvent: (event: ProgressEvent) => void;
}

/** Runs the command to its end, and collects the evidence. */
async function runJob(parts: Submitted): Promise<Omit<TrialEvidence, 'wallMs'>> {
  const { command, files, topic } = parts;
  using stops = jobStops(parts);
  const { ended, events, readings, problem, outOfMemory } = await followJob(command, parts, {
    start: () => start(parts, stops),
    watch: stops.onEvent,
  });
  const seen = stops.executors();
  const problems = [problem, lossProblem(seen)].filter((one) => one !== undefined);
  return {
    ...{ events, topic, canary: readings, offered: null },
    end: await endOfJob(ended, { ...parts, events, outOfMemory, stops }),
    ...(seen === undefined ? {} : { executors: seen }),
    problems: [...problemsIn(ended), ...problems],
    ...(await readKept(files)),
  };
}

type Stops = ReturnType<typeof jobStops>;

/** Starts the command within its time limit, its output in the trial's folder; resolves when all of it has ended. */
async function start(
  { command, settings, trial, files, context }: Submitted,
  stops: Stops,
): Promise<CommandResult | 'canceled'> {
  const { toolchain } = settings.environmentOf(trial.configuration.knobs);
  const application = watchApplication({ toolchain, env: settings.env });
  const ended = await runCommand(command, {
    signal: AbortSignal.any([context.signal, stops.signal]),
    timeoutMs: settings.measurement.timeLimitSeconds * 1_000,
    masker: settings.secrets.masker,
    files: logsOf(files),
    onLine: (line) => {
      stops.onLine(line);
      application.onLine(line);
      settings.onLine?.(line);
    },
    onStart: (pid) => {
      stops.onProcess(pid);
      context.onProcess(pid);
    },
  }).catch(canceled);
  if (ended === 'canceled' || ended.exitCode !== 0) await application.kill();
  return ended;
}

/** How the job ended, with who held the cluster if it got nothing of it. */
async function endOfJob(
  ended: CommandResult | 'canceled',
  {
    settings,
    trial,
    context,
    stops,
    ...found
  }: Submitted & {
    readonly outOfMemory: boolean;
    readonly events: readonly ProgressEvent[];
    readonly stops: Stops;
  },
): Promise<TrialEnd> {
  const { timeLimitSeconds: limitSeconds } = settings.measurement;
  const isStopped = ended === 'canceled' && !context.signal.aborted;
  const end =
    (isStopped ? stops.end() : undefined) ??
    endOf({ ...found, ended, limitSeconds, waited: stops.waited() });
  return await withHolders(
    end,
    () => settings.clusterOf?.(trial.configuration.knobs) ?? Promise.resolve(undefined),
  );
}

function canceled(error: unknown): 'canceled' {
  if (error instanceof HarnessError && error.code === 'INTERRUPTED') return 'canceled';
  throw error;
}
