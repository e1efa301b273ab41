import { judgeRun } from '../src/analysis/judge-run.js';
import { interimLooksOf } from '../src/analysis/interim-looks.js';
import { indexTrials } from '../src/analysis/trial-index.js';
import { parseExperiment } from '../src/config/parse-experiment.js';
import { planExperiment } from '../src/design/plan-experiment.js';
import { measureTrial } from '../src/measure/measure-trial.js';
import { judgeTrial } from '../src/measure/judge-trial.js';
import type { Verdict } from '../src/model/run/comparison.js';
import { trialsOf } from '../src/model/trial/plan.js';
import type { Manifest, RunRecord } from '../src/model/run/run-record.js';
import { quietWorld, type SimulationModel } from '../src/model/simulation-model.js';
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
}

/** Simulates one night through the real plan, measurement and analysis. */
export function simulateNight(night: Night, seed: number): RunRecord {
  const levels = Array.from({ length: night.configurations }, (_, index) => index);
  const looks =
    night.looks === undefined ? '' : `stopping: { looks: [${night.looks.join(', ')}] }\n`;
  const experiment = parseExperiment({
    file: 'night.yaml',
    text: `version: 1\nname: night\nfactors: { spark.x: [${levels.join(', ')}] }\ndesign: { blocks: ${String(night.blocks)}, seed: ${String(seed)} }\nmeasurement: { warmup: 0s }\n${looks}`,
  });
  const plan = planExperiment(experiment);
  const world = createWorld(worldOf(night), seed * 2_654_435_761);
  const trials = trialsOf(plan);
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
      return {
        trial,
        outcome: judgeTrial({ knobs: {}, evidence: faultless, machine: null, measurement }),
        wallMs: 1,
        measurement,
        machine: null,
        offered: null,
      };
    }),
  };
}

const faultless = { end: { kind: 'ended' }, effectiveConf: {}, problems: [] } as const;

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
  const judged = [...judgeRun(indexTrials(run, interimLooksOf(run).reached))].filter(
    ([id]) => id !== 'aa',
  );
  return new Map(judged.map(([id, { throughput }]) => [id, throughput]));
}

/** Counts the nights that have a property; their seeds are 1, 2, …. */
export function countNights(nights: number, holds: (seed: number) => boolean): number {
  let found = 0;
  for (let seed = 1; seed <= nights; seed += 1) if (holds(seed)) found += 1;
  return found;
}
