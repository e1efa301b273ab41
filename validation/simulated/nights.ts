import { judgeRun } from '../../src/analysis/judge/judge-run.js';
import { parseExperiment } from '../../src/config/parse-experiment.js';
import { planExperiment } from '../../src/design/plan-experiment.js';
import { measureTrial } from '../../src/measure/measure-trial.js';
import { judgeTrial } from '../../src/measure/judge-trial.js';
import type { Verdict } from '../../src/model/run/comparison.js';
import type { EndedTrial } from '../../src/model/trial/ended-trial.js';
import type { Measurement } from '../../src/model/trial/measurement.js';
import type { Outcome } from '../../src/model/trial/outcome.js';
import { trialsOf, type Block, type Trial } from '../../src/model/trial/plan.js';
import type { Manifest, RunRecord } from '../../src/model/run/run-record.js';
import { quietWorld, type SimulationModel } from '../../src/model/simulation-model.js';
import { seededRandom } from '../../src/model/seeded-random.js';
import { strategyOf } from '../../src/search/strategy-of.js';
import { createWorld } from '../../src/execution/simulated/world.js';

/** What the machine does to a night, apart from the configurations. */
export type Weather = Partial<Omit<SimulationModel, 'effects'>>;

export interface Night {
  readonly configurations: number;
  readonly blocks: number;
  readonly weather: Weather;
  /** That of the screening blocks, if their trials are run in another way. */
  readonly screeningWeather?: Weather;
  /** True gains of c1, c2, …; 0.1 is +10 %. */
  readonly gains?: readonly number[];
  readonly looks?: readonly number[];
  /** A grid of this many factors with two levels each, instead of `configurations`; `gains` are those of the factors. */
  readonly factors?: number;
  /** Chance that a trial fails, whatever it runs, or if it runs the baseline. */
  readonly failing?: number;
  readonly failingBaseline?: number;
  /** Screening blocks before `blocks` fresh ones, and how many candidates they keep. */
  readonly confirm?: { readonly top: number; readonly screeningBlocks: number };
  /** The smallest gain worth having, with looks. */
  readonly worthwhile?: number;
  /** Change of all rates in the second half of the night. */
  readonly step?: number;
  /** Trials that are slower than the usual rate by more than this share are lost, in this way. */
  readonly lost?: { readonly slower: number; readonly as: 'insufficient' | 'timed-out' };
  /** With `canary: auto`. */
  readonly choosesCanary?: boolean;
  /** Under an offered load, so that latency decides. */
  readonly offered?: boolean;
}

/** Simulates one night through the real plan, strategy, measurement and analysis. */
export function simulateNight(night: Night, seed: number): RunRecord {
  const experiment = parseExperiment({ file: 'night.yaml', text: experimentOf(night, seed) });
  const plan = planExperiment(experiment);
  const play = player(night, { seed, trials: trialsOf(plan) });
  const empty: RunRecord = {
    ...{ experiment, plan, state: 'complete', journal: 'whole', resumes: [], blocks: [] },
    manifest: { machine: { cpuCount: 2 } } as Manifest, // nothing else of it is read by an analysis
    trials: [],
  };
  // Without a choice to make, asking the strategy after each block would only cost time.
  if (
    plan.screening === undefined &&
    night.worthwhile === undefined &&
    night.choosesCanary !== true
  ) {
    return { ...empty, blocks: plan.blocks, trials: trialsOf(plan).map((trial) => play(trial)) };
  }
  const strategy = strategyOf(experiment, plan);
  for (let run = empty; ;) {
    const block = strategy.next(run);
    if (block === 'done') return run;
    const trials = trialsOf({ blocks: [block] }).map((trial) => play(trial, block.canary));
    run = { ...run, blocks: [...run.blocks, block], trials: [...run.trials, ...trials] };
  }
}

/** Plays the trials of a night; what happens in one depends only on the seed and on its place in the plan. */
function player(
  night: Night,
  { seed, trials }: { readonly seed: number; readonly trials: readonly Trial[] },
): (trial: Trial, canary?: Block['canary']) => EndedTrial {
  const model = worldOf(night);
  const world = createWorld(model, seed * 2_654_435_761);
  const later = createWorld(
    { ...model, rowsPerSecond: model.rowsPerSecond * (1 + (night.step ?? 0)) },
    seed * 2_654_435_761,
  );
  const screens = createWorld(
    worldOf({ ...night, weather: night.screeningWeather ?? night.weather }),
    seed * 2_654_435_761,
  );
  const screeningBlocks = night.confirm?.screeningBlocks ?? 0;
  const chance = seededRandom(seed * 97 + 13);
  const places = new Map(trials.map(({ id }, index) => [id, index]));
  return (trial, reads) => {
    const index = places.get(trial.id) ?? 0;
    const { block, configuration } = trial;
    const slot = { index, of: trials.length, block, configuration, attempt: 0 };
    const half = index < trials.length / 2 ? world : later;
    const around = block <= screeningBlocks ? screens : half;
    const { events, canary } = around.play(slot, { batches: 20, startedAt: 0 });
    const read = reads === 'off' ? [] : canary;
    const measured = measureTrial(events, { warmupSeconds: 0, canary: read });
    const measurement = night.offered === true ? underLoad(measured) : measured;
    const isBaseline = configuration.role !== 'candidate';
    const failing = (isBaseline ? night.failingBaseline : undefined) ?? night.failing ?? 0;
    const evidence = chance.uniform() < failing ? failed : faultless;
    const outcome = judgeTrial({ knobs: {}, evidence, machine: null, measurement });
    const lost = lossOf(night, model.rowsPerSecond, measured.rowsPerSecond);
    return {
      ...{ trial, wallMs: 1, measurement, machine: null, offered: null },
      outcome: lost ?? outcome,
    };
  };
}

/** A row waits for a batch to start and to end, so its latency goes with the batch time. */
function underLoad(measurement: Measurement): Measurement {
  const p50 = 1.5 * (measurement.batchMs?.p50 ?? 0);
  const endToEndMs = { p50, p95: null, p99: null, max: 2 * p50 };
  return {
    ...measurement,
    offered: { endToEndMs, lagPerSecond: 0, sustainable: true, keptShare: 1 },
  };
}

/** How a trial is lost because it is slow; undefined if it is not. */
function lossOf({ lost }: Night, usual: number, rate: number | null): Outcome | undefined {
  if (lost === undefined || rate === null || rate > (1 - lost.slower) * usual) return undefined;
  if (lost.as === 'timed-out') return { kind: 'timed-out', limitSeconds: 300 };
  return {
    kind: 'invalid',
    cause: { kind: 'few-batches', counted: 7, wanted: 10 },
    insufficient: true,
  };
}

function experimentOf(night: Night, seed: number): string {
  const { configurations, factors, blocks, looks, confirm, worthwhile, offered, choosesCanary } =
    night;
  const levels = Array.from({ length: configurations }, (_, index) => index);
  const varied =
    factors === undefined
      ? `spark.x: [${levels.join(', ')}]`
      : Array.from({ length: factors }, (_, index) => `spark.x${String(index)}: [0, 1]`).join(', ');
  return [
    'version: 1',
    'name: night',
    `factors: { ${varied} }`,
    `design: { kind: grid, blocks: ${String(blocks)}, seed: ${String(seed)}, confirm: ${confirm === undefined ? 'off' : JSON.stringify(confirm)} }`,
    `measurement: { warmup: 0s, canary: ${choosesCanary === true ? 'auto' : 'off'}${offered === true ? ', mode: offered, rate: 1000, window: 60s' : ''} }`,
    'stopping:',
    '  delta: 5%',
    ...(looks === undefined ? [] : [`  looks: [${looks.join(', ')}]`]),
    ...(worthwhile === undefined ? [] : [`  worthwhile: ${String(100 * worthwhile)}%`]),
  ].join('\n');
}

const faultless = { end: { kind: 'ended' }, effectiveConf: {}, problems: [] } as const;
const failed = {
  ...faultless,
  end: {
    kind: 'failed',
    failureClass: 'task-failure',
    cause: { kind: 'message', text: 'by chance' },
    stderrTail: [],
  },
} as const;

function worldOf({ weather, factors, gains = [] }: Night): SimulationModel {
  return {
    ...quietWorld,
    warmup: { depth: 0.2, batches: 2, firstBatch: 5 },
    ...weather,
    noise: { ...quietWorld.noise, ...weather.noise, batch: 0.03, correlation: 0.3 },
    effects: gains.map((gain, index) => ({
      // In a grid each gain is that of a factor's second level.
      knobs: factors === undefined ? { 'spark.x': index + 1 } : { [`spark.x${String(index)}`]: 1 },
      gain,
    })),
  };
}

/** The throughput verdicts of a night's candidates, by configuration id. */
export function verdictsOf(run: RunRecord): Map<string, Verdict> {
  const { configurations } = judgeRun(run);
  return new Map([...configurations].map(([id, { throughput }]) => [id, throughput]));
}

/** Counts the nights that have a property; their seeds are 1, 2, …. */
export function countNights(nights: number, holds: (seed: number) => boolean): number {
  let found = 0;
  for (let seed = 1; seed <= nights; seed += 1) if (holds(seed)) found += 1;
  return found;
}
