import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { knobsOfScope } from '../../model/knob.js';
import { splitByHeat } from '../../knobs/hot-knobs.js';
import type { LaunchContext, TrialEnd, TrialEvidence } from '../../model/trial/executor.js';
import type { Submission, TrialFiles } from '../../model/trial/job.js';
import type { InvalidCause } from '../../model/trial/outcome.js';
import type { Trial } from '../../model/trial/plan.js';
import type { ProgressEvent } from '../../model/trial/progress-event.js';
import type { DriverFigures } from '../../model/session-record.js';
import type { Command } from '../../process/command.js';
import type { CommandResult } from '../../process/run-command.js';
import type { SubmitSettings } from '../submit/submit-settings.js';
import { placesOf } from '../cluster/driver-folder.js';
import { requireSharedState } from '../cluster/shared-state.js';
import { lossProblem } from '../cluster/watch-executors.js';
import { withHolders } from '../cluster/who-holds.js';
import { followJob } from '../trial/follow-job.js';
import { endOf, problemsIn } from '../trial/process-end.js';
import { filesOf, readKept, type KeptEvidence } from '../trial/trial-files.js';
import type { Driver, DriverTrial, TrialAnswer, TrialCommand } from './driver/driver.js';
import { goesOf, type TurnsOfTrial } from './goes.js';
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
  /** If the trial only warms the driver: what a script writes to Kafka then goes nowhere. */
  readonly rehearsal?: Rehearsal;
  /** If it takes turns with others; absent for a trial that runs in one go. */
  readonly turns?: TurnsOfTrial;
}

interface Rehearsal {
  /** Those of a turn, for a trial that takes turns later; undefined for all. */
  readonly records: number | undefined;
}

/** What a trial returned, and what its driver holds after it; null if that has ended. */
export interface RanInDriver {
  readonly evidence: TrialEvidence;
  readonly figures: DriverFigures | null;
  /** Why the script of the trial cannot share this driver; empty if it can. */
  readonly unfit: readonly string[];
  /** Why it cannot take turns there, as far as that was tried; empty if it can. */
  readonly inOneGo: readonly string[];
}

/** Runs one trial in a live driver, to its files and its evidence as a process of its own would. Throws SHARED_FOLDER_UNUSABLE. */
export async function runInDriver(parts: InDriver): Promise<RanInDriver> {
  const { settings, trial, context } = parts;
  const startedAt = performance.now();
  const shared = settings.shared?.placeOf(trial);
  const files = filesOf(context.directoryOf(trial), placesOf(trial, shared?.path));
  try {
    await mkdir(files.scratch, { recursive: true });
    const input = settings.inputOf(trial);
    const submission = await settings.job.prepare(trial, files, input);
    const told = commandOf(submission, parts);
    const { topic, records } = input;
    const request = { trial, topic, records, command: parts.command, session: told };
    await writeFile(join(files.directory, 'request.json'), `${JSON.stringify(request, null, 2)}\n`);
    const preparedMs = performance.now() - startedAt;
    const { evidence, busyMs, ...rest } = await play(told, files, parts);
    await requireSharedState(files, evidence);
    return { evidence: { ...evidence, wallMs: preparedMs + busyMs }, ...rest };
  } finally {
    await rm(files.scratch, { recursive: true, force: true });
    await shared?.clear();
  }
}

function commandOf(
  submission: Submission,
  { trial, settings, rehearsal }: Pick<InDriver, 'trial' | 'settings' | 'rehearsal'>,
): TrialCommand {
  const { hot } = splitByHeat(trial.configuration.knobs);
  const conf = Object.fromEntries(knobsOfScope(hot, 'spark'));
  const { job, args } = submissionParts(submission);
  const env = givenOf(submission.env);
  if (rehearsal === undefined) return { job, args, conf, env };
  const command = { job, args, conf, env: { ...env, STREAMTUNE_REHEARSAL: '1' } };
  const { records: until } = rehearsal;
  if (until === undefined) return command;
  const seconds = settings.measurement.timeLimitSeconds;
  return {
    ...command,
    turn: { trial: trial.id, number: 1, until, of: until, seconds, isOnly: true },
  };
}

type Played = Omit<RanInDriver, 'evidence'> & {
  readonly evidence: Omit<TrialEvidence, 'wallMs'>;
  /** What the trial itself took, without the turns of others. */
  readonly busyMs: number;
};

async function play(told: TrialCommand, files: TrialFiles, parts: InDriver): Promise<Played> {
  const { command, settings, trial, onEvent } = parts;
  const limitSeconds = settings.measurement.timeLimitSeconds;
  const goes = goesOf(told, files, parts);
  // Turns are so short that the machine hardly changes between them: nobody has to read its speed.
  const context =
    parts.turns === undefined && told.turn === undefined
      ? parts.context
      : { ...parts.context, canary: 'off' as const };
  const followed = await followJob(
    command,
    { settings, trial, files, context, onEvent },
    { start: goes.run, watch: goes.watch },
  );
  const { ended: last, events, readings, problem, outOfMemory } = followed;
  const { played, stopped, isTimeUp, isLost, busyMs, waited, executors } = last;
  const answer = played.answer?.isBetweenTurns === undefined ? played.answer : undefined;
  const ended = resultOf({ ...played, answer }, isTimeUp);
  const own = isLost ? driverLost.end : stopped;
  const end =
    answer === undefined && own !== undefined
      ? own
      : endOf({ ended, events, outOfMemory, limitSeconds, waited });
  const lost = isLost ? driverLost.problem : lossProblem(executors);
  const found = [problem, lost].filter((one) => one !== undefined);
  const problems = [...problemsIn(ended), ...found];
  return {
    evidence: {
      end: await withHolders(end, () => settings.clusterOf?.(trial.configuration.knobs)),
      ...{ events, problems, offered: null, canary: readings },
      ...(executors === undefined ? {} : { executors }),
      ...withRefused(await readKept(files), answer?.refused),
    },
    ...{ figures: answer?.figures ?? null, busyMs },
    ...{ unfit: answer?.unfit ?? [], inOneGo: answer?.inOneGo ?? [] },
  };
}

/** What another trial did to the driver says nothing of this one's configuration. */
const driverLost: { readonly end: TrialEnd; readonly problem: InvalidCause } = {
  end: { kind: 'ended' },
  problem: { kind: 'driver-lost' },
};

/** The trial's end as the end of a process of its own, with only the output that came during the trial. */
function resultOf(
  {
    answer,
    ended,
    stdout,
    stderr,
  }: Omit<DriverTrial, 'answer'> & { answer: TrialAnswer | undefined },
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
function withRefused(
  kept: KeptEvidence,
  refused: Readonly<Record<string, string>> = {},
): KeptEvidence {
  if (Object.keys(refused).length === 0) return kept;
  return { ...kept, effectiveConf: { ...kept.effectiveConf, ...refused } };
}
