import { judgeRun } from '../src/analysis/judge/judge-run.js';
import { parseExperiment } from '../src/config/parse-experiment.js';
import { planExperiment } from '../src/design/plan-experiment.js';
import { measureTrial } from '../src/measure/measure-trial.js';
import { judgeTrial } from '../src/measure/judge-trial.js';
import type { Verdict } from '../src/model/run/comparison.js';
import { trialsOf } from '../src/model/trial/plan.js';
import type { Manifest, RunRecord } from '../src/model/run/run-record.js';
import { quietWorld, type SimulationModel } from '../src/model/simulation-model.js';
import { seededRandom } from '../src/model/seeded-random.js';
import { createWorld } from '../src/execution/simulated/world.js';

/** What the machine does to a night, apart from the configurations. */
export type Weather = Partial<Omit<SimulationModel, 'effects'>>;

export interface Night {
  readonly configurations: number;
  readonly blocks: number;
  readonly weather: Weather;
  /** True gains of c1, c2, …; 0.1 is +10 %. */
  readonly gains?: readonly number[];
  readonly looks?: readonly number[];
  /** A grid of this many factors with two levels each, instead of `configurations`; `gains` are those of the cells. */
  readonly factors?: number;
  /** Chance that a trial fails, whatever it runs. */
  readonly failing?: number;
}

/** Simulates one night through the real plan, measurement and analysis. */
export function simulateNight(night: Night, seed: number): RunRecord {
  const experiment = parseExperiment({ file: 'night.yaml', text: experimentOf(night, seed) });
  const plan = planExperiment(experiment);
  const world = createWorld(worldOf(night), seed * 2_654_435_761);
  const trials = trialsOf(plan);
  const chance = seededRandom(seed * 97 + 13);
  return {
    experiment,
    plan,
    state: 'complete',
    journal: 'whole',
    resumes: [],
    blocks: plan.blocks,
    manifest: {} as Manifest, // not read by any analysis
    trials: trials.map((trial, index) => {
      const { block, configuration } = trial;
      const slot = { index, of: trials.length, block, configuration, attempt: 0 };
      const { events, canary } = world.play(slot, { batches: 20, startedAt: 0 });
      const measurement = measureTrial(events, { warmupSeconds: 0, canary });
      const evidence = chance.uniform() < (night.failing ?? 0) ? failing : faultless;
      return {
        trial,
        outcome: judgeTrial({ knobs: {}, evidence, machine: null, measurement }),
        wallMs: 1,
        measurement,
        machine: null,
        offered: null,
      };
    }),
  };
}

function experimentOf({ configurations, factors, blocks, looks }: Night, seed: number): string {
  const levels = Array.from({ length: configurations }, (_, index) => index);
  const varied =
    factors === undefined
      ? `spark.x: [${levels.join(', ')}]`
      : Array.from({ length: factors }, (_, index) => `spark.x${String(index)}: [0, 1]`).join(', ');
  return [
    'version: 1',
    'name: night',
    `factors: { ${varied} }`,
    `design: { kind: grid, blocks: ${String(blocks)}, seed: ${String(seed)} }`,
    'measurement: { warmup: 0s }',
    looks === undefined ? '' : `stopping: { looks: [${looks.join(', ')}] }`,
  ].join('\n');
}

const faultless = { end: { kind: 'ended' }, effectiveConf: {}, problems: [] } as const;
const failing = {
  ...faultless,
  end: {
    kind: 'failed',
    failureClass: 'task-failure',
    cause: { kind: 'message', text: 'by chance' },
    stderrTail: [],
  },
} as const;

function worldOf({ weather, gains = [] }: Night): SimulationModel {
  return {
    ...quietWorld,
    warmup: { depth: 0.2, batches: 2, firstBatch: 5 },
    ...weather,
    noise: { ...quietWorld.noise, ...weather.noise, batch: 0.03, correlation: 0.3 },
    effects: gains.map((gain, index) => ({ knobs: { 'spark.x': index + 1 }, gain })),
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
