import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MeasurementSpec } from '../model/experiment.js';
import type { Outcome } from '../model/outcome.js';
import { cellOf, isRetry, trialsOf, type Plan, type Trial } from '../model/plan.js';
import type { QueryProgress } from '../model/query-progress.js';
import type { SimulatedFault, SimulationModel } from '../model/simulation-model.js';
import type { TrialContext, TrialExecutor, TrialResult } from '../model/trial-executor.js';
import { progressLine } from './progress-line.js';
import { batchRowsOf, createWorld } from './world.js';

/** A clock that moves only when it is told to. Milliseconds since 1970. */
export interface VirtualClock {
  readonly now: () => number;
  readonly advance: (ms: number) => void;
}

export function virtualClock(startedAt: number): VirtualClock {
  let now = startedAt;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
}

interface SimulatedSettings {
  readonly model: SimulationModel;
  readonly plan: Plan;
  readonly measurement: MeasurementSpec;
  readonly records: number;
  readonly clock: VirtualClock;
}

/** From the start of a process to its first batch, and from its last to the end. */
const aroundMs = 8_000;

/** Plays trials in a made-up world, as fast as they can be written; its lines are those of a real trial. */
export function createSimulatedExecutor(settings: SimulatedSettings): TrialExecutor {
  const { model, plan } = settings;
  const world = createWorld(model, plan.seed);
  const order = trialsOf(plan);
  const indices = new Map(order.map((trial, index) => [cellOf(trial), index]));
  return {
    run: async (trial, context) => {
      const { block, configuration } = trial;
      const index = indices.get(cellOf(trial)) ?? 0;
      const slot = {
        index,
        of: order.length,
        block,
        configuration,
        attempt: isRetry(trial) ? 1 : 0,
      };
      const batches = Math.ceil(settings.records / batchRowsOf(model, configuration));
      const startedAt = settings.clock.now() + aroundMs / 2;
      const played = world.play(slot, { batches, startedAt });
      return await finish(trial, { ...played, startedAt }, { settings, context });
    },
  };
}

async function finish(
  trial: Trial,
  played: ReturnType<ReturnType<typeof createWorld>['play']> & { readonly startedAt: number },
  { settings, context }: { readonly settings: SimulatedSettings; readonly context: TrialContext },
): Promise<TrialResult> {
  const { clock, measurement } = settings;
  const limitMs =
    1_000 * Math.min(measurement.windowSeconds ?? Infinity, measurement.timeLimitSeconds);
  const outcome = outcomeOf(played.faults, measurement.timeLimitSeconds);
  const within = played.events.filter(
    (event) => event.startedAt + msOf(event) <= played.startedAt + limitMs,
  );
  const events = outcome.kind === 'succeeded' ? within : within.slice(0, 3);
  const lines = damaged(events, played.faults).map(progressLine);
  if (played.faults.includes('torn-line')) lines.push('{"at":1,"event":"progr');
  const canaryLines = measurement.canary
    ? played.canary.map((reading) => JSON.stringify(reading))
    : [];
  await writeFile(join(context.directory, 'progress.ndjson'), `${lines.join('\n')}\n`);
  await writeFile(join(context.directory, 'canary.ndjson'), `${canaryLines.join('\n')}\n`);
  for (const line of lines) context.onProgressLine(line);
  const last = events.at(-1);
  const worked = last === undefined ? 0 : last.startedAt + msOf(last) - played.startedAt;
  const wallMs =
    outcome.kind === 'timed-out' ? 1_000 * outcome.limitSeconds : Math.round(worked) + aroundMs;
  clock.advance(wallMs);
  const effectiveConf = Object.fromEntries(
    Object.entries(trial.configuration.knobs).map(([key, level]) => [key, String(level)]),
  );
  return { outcome, wallMs, effectiveConf, canaryLines };
}

function outcomeOf(faults: readonly SimulatedFault['kind'][], limitSeconds: number): Outcome {
  const failed = { kind: 'failed', stderrTail: [] } as const;
  if (faults.includes('hang')) return { kind: 'timed-out', limitSeconds };
  if (faults.includes('out-of-memory')) {
    return {
      ...failed,
      failureClass: 'driver-out-of-memory',
      reason: 'java.lang.OutOfMemoryError: Java heap space',
    };
  }
  if (faults.includes('broker-gone')) {
    const reason = 'org.apache.kafka.common.errors.TimeoutException';
    return { ...failed, failureClass: 'source-failure', reason, infrastructure: true };
  }
  return { kind: 'succeeded' };
}

/** What faults do to the events of a trial that ends well. */
function damaged(
  events: readonly QueryProgress[],
  faults: readonly SimulatedFault['kind'][],
): QueryProgress[] {
  const middle = Math.floor(events.length / 2);
  return events.flatMap((event, index) => {
    if (faults.includes('missing-batch') && index === middle) return [];
    if (faults.includes('repeated-batch') && index === middle) return [event, event];
    if (faults.includes('empty-batches'))
      return [event, { ...event, numInputRows: 0, sources: [] }];
    return [event];
  });
}

function msOf(event: QueryProgress): number {
  return event.durationMs['triggerExecution'] ?? 0;
}
