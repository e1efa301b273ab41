import { writeFile } from 'node:fs/promises';
import { wantedBatches } from '../../measure/measure-trial.js';
import { cutWarmup } from '../../measure/warmup-cut.js';
import type { MeasurementSpec } from '../../model/experiment.js';
import { cellOf, isRetry, trialsOf, type Plan, type Trial } from '../../model/trial/plan.js';
import type { QueryProgress } from '../../model/trial/query-progress.js';
import type { SimulationModel } from '../../model/simulation-model.js';
import {
  readsCanary,
  type Executor,
  type LaunchContext,
  type TrialEnd,
  type TrialEvidence,
} from '../../model/trial/executor.js';
import type { SessionRecord } from '../../model/session-record.js';
import { sessionRecordFile } from '../../spark/session-record.js';
import { queryResultsFile } from '../../spark/query-results.js';
import { processPerTrial } from '../process-per-trial.js';
import { damaged, endOf } from './faults.js';
import { leaveFiles } from './leave-files.js';
import { burnInSeconds, simulatedDrivers } from './simulated-drivers.js';
import { simulatedResults } from './simulated-result.js';
import type { VirtualClock } from './virtual-clock.js';
import { batchRowsOf, createWorld, type SimulatedTrial } from './world.js';

export interface SimulatedSettings {
  readonly model: SimulationModel;
  readonly plan: Plan;
  readonly measurement: MeasurementSpec;
  readonly records: number;
  readonly clock: VirtualClock;
  /** Whether the trials of a block share live drivers; by default, each has a process of its own. */
  readonly isShared?: (block: number) => boolean;
}

/** From process start to the first batch, plus from the last batch to the end. */
const aroundMs = 8_000;
/** The same in a driver that is there already. */
const aroundInDriverMs = 1_500;

/** Runs trials in a simulated world, without waiting; their progress lines have the form of real ones. */
export function createSimulatedExecutor(settings: SimulatedSettings): Executor {
  const { model, plan } = settings;
  const world = createWorld(model, plan.seed);
  const order = trialsOf(plan);
  const indices = new Map(order.map((trial, index) => [cellOf(trial), index]));
  const drivers = simulatedDrivers();
  return processPerTrial(async (trial, context, onEvent) => {
    const { block, configuration } = trial;
    const index = indices.get(cellOf(trial)) ?? 0;
    const attempt = isRetry(trial) ? 1 : 0;
    const slot = { index, of: order.length, block, configuration, attempt };
    const batches = Math.ceil(settings.records / batchRowsOf(model, configuration));
    const session = settings.isShared?.(block) === true ? drivers.take(trial) : undefined;
    if (session?.place === 1) settings.clock.advance(1_000 * burnInSeconds);
    const ownMs = session === undefined ? aroundMs : aroundInDriverMs;
    const startedAt = settings.clock.now() + ownMs / 2;
    const played = { ...world.play(slot, { batches, startedAt }), startedAt, ownMs, session };
    if (played.faults.includes('driver-ends')) drivers.end();
    const evidence = await finish(trial, played, { settings, context });
    evidence.events.forEach(onEvent);
    return evidence;
  });
}

type Played = SimulatedTrial & {
  readonly startedAt: number;
  /** What the trial takes besides its batches. */
  readonly ownMs: number;
  readonly session: SessionRecord | undefined;
};

async function finish(
  trial: Trial,
  played: Played,
  { settings, context }: { readonly settings: SimulatedSettings; readonly context: LaunchContext },
): Promise<TrialEvidence> {
  const { clock, measurement } = settings;
  const end = endOf(played.faults, measurement.timeLimitSeconds);
  const progress = within(played, end, measurement);
  const canary = readsCanary(measurement, context) ? played.canary : [];
  const events = await leaveFiles(context.directoryOf(trial), {
    events: damaged(progress, played.faults),
    isTorn: played.faults.includes('torn-line'),
    canary,
  });
  const results = simulatedResults(settings.model, progress, played.faults);
  if (results !== undefined) {
    const file = queryResultsFile({ directory: context.directoryOf(trial) });
    await writeFile(file, `${JSON.stringify(results)}\n`);
  }
  const { session } = played;
  if (session !== undefined) {
    const file = sessionRecordFile({ directory: context.directoryOf(trial) });
    await writeFile(file, `${JSON.stringify(session, null, 2)}\n`);
  }
  const last = progress.at(-1);
  const worked = last === undefined ? 0 : last.startedAt + msOf(last) - played.startedAt;
  const wallMs =
    end.kind === 'timed-out' ? 1_000 * end.limitSeconds : Math.round(worked) + played.ownMs;
  clock.advance(wallMs);
  const effectiveConf = Object.fromEntries(
    Object.entries(trial.configuration.knobs).map(([key, level]) => [key, String(level)]),
  );
  return {
    ...{ end, wallMs, effectiveConf, events, canary, offered: null, problems: [] },
    ...(results === undefined ? {} : { results }),
    ...(session === undefined ? {} : { session }),
  };
}

/**
 * The events that fit into the trial's window, and further ones until enough count or its time is up, as the launcher has
 * it; only the first three if the trial ends badly.
 */
function within(
  { events, startedAt }: Played,
  end: TrialEnd,
  { windowSeconds = Infinity, timeLimitSeconds, warmupSeconds }: MeasurementSpec,
): QueryProgress[] {
  const endsWithin = (seconds: number) => (event: QueryProgress) =>
    event.startedAt + msOf(event) <= startedAt + 1_000 * seconds;
  const possible = events.filter(endsWithin(timeLimitSeconds));
  if (end.kind !== 'ended') return possible.slice(0, 3);
  let taken = possible.filter(endsWithin(windowSeconds)).length;
  const counted = () =>
    cutWarmup(
      possible.slice(0, taken).filter(({ numInputRows }) => numInputRows > 0),
      warmupSeconds,
    ).counted.length;
  while (taken < possible.length && counted() < wantedBatches) taken += 1;
  return possible.slice(0, taken);
}

function msOf(event: QueryProgress): number {
  return event.durationMs['triggerExecution'] ?? 0;
}
