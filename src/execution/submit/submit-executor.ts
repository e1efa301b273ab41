import { rm } from 'node:fs/promises';
import type { Executor, TrialEnd, TrialEvidence } from '../../model/trial/executor.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import type { CommandResult } from '../../process/run-command.js';
import { keepFiles } from '../../spark/submit/driver-files.js';
import { placesOf } from '../cluster/driver-folder.js';
import { requireSharedState } from '../cluster/shared-state.js';
import { lossProblem } from '../cluster/watch-executors.js';
import { withHolders } from '../cluster/who-holds.js';
import { processPerTrial } from '../process-per-trial.js';
import { followJob } from '../trial/follow-job.js';
import { endOf, problemsIn } from '../trial/process-end.js';
import { filesOf, readKept } from '../trial/trial-files.js';
import { jobStops, type JobStops } from './job-stops.js';
import { prepareCommand, type Submitted } from './prepare-command.js';
import { startJob } from './start-job.js';
import type { SubmitSettings } from './submit-settings.js';

/** The real executor: one fresh `spark-submit` per trial. */
export function createSubmitExecutor(settings: SubmitSettings): Executor {
  return processPerTrial(async (trial, context, onEvent) => {
    const startedAt = performance.now();
    const shared = settings.shared?.placeOf(trial);
    const files = filesOf(context.directoryOf(trial), placesOf(trial, shared?.path));
    try {
      const prepared = await prepareCommand(settings, trial, files);
      const evidence = await runJob({ ...prepared, settings, trial, files, context, onEvent });
      return { ...evidence, wallMs: performance.now() - startedAt };
    } finally {
      await keepFiles(files).catch(() => undefined); // what is missing, the evidence tells
      await rm(files.scratch, { recursive: true, force: true });
      await shared?.clear();
    }
  });
}

/** Runs the command to its end, and collects the evidence. Throws SHARED_FOLDER_UNUSABLE. */
async function runJob(parts: Submitted): Promise<Omit<TrialEvidence, 'wallMs'>> {
  const { command, files, topic } = parts;
  using stops = jobStops(parts);
  const { ended, events, readings, problem, outOfMemory } = await followJob(command, parts, {
    start: () => startJob(parts, stops),
    watch: stops.onEvent,
  });
  const seen = stops.executors();
  const problems = [problem, lossProblem(seen)].filter((one) => one !== undefined);
  const evidence = {
    ...{ events, topic, canary: readings, offered: null },
    end: await endOfJob(ended, { ...parts, events, outOfMemory, stops }),
    ...(seen === undefined ? {} : { executors: seen }),
    problems: [...problemsIn(ended), ...problems],
    ...(await readKept(files)),
  };
  await requireSharedState(files, evidence);
  return evidence;
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
    readonly stops: JobStops;
  },
): Promise<TrialEnd> {
  const { timeLimitSeconds: limitSeconds } = settings.measurement;
  const isStopped = ended === 'canceled' && !context.signal.aborted;
  const end =
    (isStopped ? stops.end() : undefined) ??
    endOf({ ...found, ended, limitSeconds, waited: stops.waited() });
  return await withHolders(end, () => settings.clusterOf?.(trial.configuration.knobs));
}
