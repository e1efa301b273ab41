import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { knobsOfScope } from '../../model/knob.js';
import { splitByHeat } from '../../knobs/hot-knobs.js';
import type { LaunchContext, TrialEnd, TrialEvidence } from '../../model/trial/executor.js';
import type { Submission, TrialFiles } from '../../model/trial/job.js';
import type { Trial } from '../../model/trial/plan.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import type { DriverFigures } from '../../model/session-record.js';
import type { Command } from '../../process/command.js';
import type { CommandResult } from '../../process/run-command.js';
import type { SubmitSettings } from '../submit/submit-settings.js';
import { followJob } from '../trial/follow-job.js';
import { endOf, problemsIn } from '../trial/process-end.js';
import { filesOf, logsOf, readKept, type KeptEvidence } from '../trial/trial-files.js';
import { watchTrial } from '../trial/trial-watchdogs.js';
import type { Driver, DriverTrial, TrialCommand } from './driver.js';
import { givenOf, submissionParts } from './submission-parts.js';

/** A trial and where it runs. */
export interface InDriver {
  readonly driver: Driver;
  /** How the driver was started. */
  readonly command: Command;
  readonly settings: SubmitSettings;
  readonly trial: Trial;
  readonly context: LaunchContext;
  readonly onEvent: (event: ProgressEvent) => void;
  /** Whether the trial only warms the driver: what a script writes to Kafka then goes nowhere. */
  readonly isRehearsal?: boolean;
}

/** What a trial returned, and what its driver holds after it; null if that has ended. */
export interface RanInDriver {
  readonly evidence: TrialEvidence;
  readonly figures: DriverFigures | null;
  /** Why the script of the trial cannot share this driver; empty if it can. */
  readonly unfit: readonly string[];
}

/** Runs one trial in a live driver, to its files and its evidence as a process of its own would. */
export async function runInDriver(parts: InDriver): Promise<RanInDriver> {
  const { settings, trial, context } = parts;
  const startedAt = performance.now();
  const files = filesOf(context.directoryOf(trial));
  try {
    await mkdir(files.scratch, { recursive: true });
    const input = settings.inputOf(trial);
    const submission = await settings.job.prepare(trial, files, input);
    const told = commandOf(submission, trial, parts.isRehearsal === true);
    const { topic, records } = input;
    const request = { trial, topic, records, command: parts.command, session: told };
    await writeFile(join(files.directory, 'request.json'), `${JSON.stringify(request, null, 2)}\n`);
    const { evidence, ...rest } = await play(told, files, parts);
    return { evidence: { ...evidence, wallMs: performance.now() - startedAt }, ...rest };
  } finally {
    await rm(files.scratch, { recursive: true, force: true });
  }
}

function commandOf(
  submission: Submission,
  { configuration }: Trial,
  isRehearsal: boolean,
): TrialCommand {
  const conf = Object.fromEntries(knobsOfScope(splitByHeat(configuration.knobs).hot, 'spark'));
  const { job, args } = submissionParts(submission);
  const rehearsal = isRehearsal ? { STREAMTUNE_REHEARSAL: '1' } : {};
  return { job, args, conf, env: { ...givenOf(submission.env), ...rehearsal } };
}

async function play(
  told: TrialCommand,
  files: TrialFiles,
  { driver, command, settings, trial, context, onEvent }: InDriver,
): Promise<Omit<RanInDriver, 'evidence'> & { evidence: Omit<TrialEvidence, 'wallMs'> }> {
  const { measurement } = settings;
  const limitSeconds = measurement.timeLimitSeconds;
  using watchdogs = watchTrial(measurement, trial.configuration.knobs, files);
  const signals = [context.signal, watchdogs.signal];
  using limits = stopOn(driver, { signals, seconds: limitSeconds });
  const parts = { settings, trial, files, context, onEvent };
  const {
    ended: played,
    events,
    readings,
    problem,
    outOfMemory,
  } = await followJob(command, parts, {
    start: () => driver.run(told, logsOf(files)),
    watch: watchdogs.onEvent,
  });
  const ended = resultOf(played, limits.isTimeUp());
  const end =
    played.answer === undefined && limits.isStopped()
      ? (watchdogs.end() ?? canceled)
      : endOf({ ended, events, outOfMemory, limitSeconds });
  const problems = [...problemsIn(ended), ...(problem === undefined ? [] : [problem])];
  return {
    evidence: {
      ...{ end, events, problems, offered: null, canary: readings },
      ...withRefused(await readKept(files), played),
    },
    figures: played.answer?.figures ?? null,
    unfit: played.answer?.unfit ?? [],
  };
}

const canceled: TrialEnd = { kind: 'canceled' };

/** Ends the driver with a signal, or when the trial's time is up: nothing else stops every kind of trial. */
function stopOn(
  driver: Driver,
  { signals, seconds }: { readonly signals: readonly AbortSignal[]; readonly seconds: number },
) {
  let isTimeUp = false;
  const signal = AbortSignal.any([...signals]);
  const stop = () => void driver.stop();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => {
    isTimeUp = true;
    stop();
  }, 1_000 * seconds);
  return {
    isTimeUp: () => isTimeUp,
    isStopped: () => signal.aborted,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    },
  };
}

/** The trial's end as the end of a process of its own, with only the output that came during the trial. */
function resultOf(
  { answer, ended, stdout, stderr }: DriverTrial,
  timedOut: boolean,
): CommandResult {
  // A driver that was not ready in time was stopped before the trial began.
  const isLate = answer === undefined && (timedOut || ended?.timedOut === true);
  const own = { stdout, stderr, startError: null, timedOut: isLate };
  if (answer !== undefined) {
    return { ...own, exitCode: answer.failed ? 1 : 0, endedBySignal: null };
  }
  const { exitCode = null, endedBySignal = null } = ended ?? {};
  // A driver that ends before its trial has failed, whatever its status.
  return { ...own, exitCode: exitCode === 0 ? 1 : exitCode, endedBySignal };
}

/** A setting of the trial's session that Spark would not take is there with what it said. */
function withRefused(kept: KeptEvidence, { answer }: DriverTrial): KeptEvidence {
  const refused = Object.entries(answer?.refused ?? {});
  if (refused.length === 0) return kept;
  return { ...kept, effectiveConf: { ...kept.effectiveConf, ...Object.fromEntries(refused) } };
}
