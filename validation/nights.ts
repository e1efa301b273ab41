import { judgeRun, slopesOf } from '../src/app/judge-run.js';
import { tabulate } from '../src/app/run-table.js';
import { parseExperiment } from '../src/config/parse-experiment.js';
import { planExperiment } from '../src/design/plan-experiment.js';
import { measureTrial } from '../src/measure/measure-trial.js';
import { judgeValidity } from '../src/measure/validity.js';
import type { CanaryReading } from '../src/model/canary.js';
import type { Verdict } from '../src/model/comparison.js';
import { trialsOf, type Trial } from '../src/model/plan.js';
import type { Manifest, RunRecord } from '../src/model/run-record.js';
import { seededRandom, type RandomSource } from '../src/model/seeded-random.js';
import { simulateTrial } from '../src/simulation/simulate-trial.js';

/** What the machine does to a night, beside the configurations. Noise on the log scale. */
export interface Weather {
  /** Standard deviation of trials. */
  readonly sd: number;
  /** Total change from the first trial to the last; 0.2 is a gain of 20 %. */
  readonly drift?: number;
  /** Standard deviation of each step of a random walk from trial to trial. */
  readonly walk?: number;
  /** Share of trials that are outliers, 40 % slower. */
  readonly outliers?: number;
  /** One configuration whose noise is so many times the others'. */
  readonly noisy?: { readonly id: string; readonly times: number };
  /** Exponential instead of normal noise: skewed, with the same sd. */
  readonly skewed?: boolean;
  /** The machine's speed as it moves from trial to trial, an AR(1) process. */
  readonly speed?: { readonly sd: number; readonly correlation: number };
  /** What the canary sees of that speed; absent: it is not read. */
  readonly canary?: CanarySight;
}

interface CanarySight {
  /** Correlation of its reading with the speed; 0 is a canary without any relation. */
  readonly correlation: number;
  /** Its reading moves by so much for each part of the speed; 1 by default. */
  readonly slope?: number;
  /** Share of trials in which it jumps to twice its time. */
  readonly jumps?: number;
  /** Share of trials without any reading. */
  readonly missing?: number;
}

export interface Night {
  readonly configurations: number;
  readonly blocks: number;
  readonly weather: Weather;
  /** The true gains of c1, c2, …; 0.1 is +10 %. */
  readonly gains?: readonly number[];
}

/** One simulated night through the real plan, measurement and analysis. */
export function simulateNight(night: Night, seed: number): RunRecord {
  const levels = Array.from({ length: night.configurations }, (_, index) => index);
  const experiment = parseExperiment({
    file: 'night.yaml',
    text: `version: 1\nname: night\nfactors: { spark.x: [${levels.join(', ')}] }\ndesign: { blocks: ${String(night.blocks)}, seed: ${String(seed)} }\nmeasurement: { warmup: 0s }\n`,
  });
  const plan = planExperiment(experiment);
  const random = seededRandom(seed * 2_654_435_761);
  const trials = trialsOf(plan);
  let walk = 0;
  let speed = night.weather.speed === undefined ? 0 : night.weather.speed.sd * random.normal();
  return {
    experiment,
    plan,
    manifest: {} as Manifest, // no analysis reads it
    trials: trials.map((trial, slot) => {
      walk += (night.weather.walk ?? 0) * random.normal();
      if (night.weather.speed !== undefined) speed = nextSpeed(speed, night.weather.speed, random);
      const drift = (Math.log(1 + (night.weather.drift ?? 0)) * slot) / trials.length;
      const log =
        effectOf(trial, night) + drift + walk + speed + noiseOf(trial, night.weather, random);
      const events = simulateTrial(
        {
          rowsPerSecond: 20_000 * Math.exp(log),
          batches: 20,
          batchRows: 5_000,
          firstBatchFactor: 5,
          warmup: { depth: 0.2, batches: 2 },
          batchNoise: { sd: 0.03, correlation: 0.3 },
          startedAt: 0,
        },
        random,
      );
      const canary = canaryReadings(speed, night.weather, random);
      const measurement = measureTrial(events, { warmupSeconds: 0, canary });
      return {
        trial,
        outcome: judgeValidity({ kind: 'succeeded' }, measurement),
        wallMs: 1,
        measurement,
        machine: null,
      };
    }),
  };
}

function effectOf({ configuration }: Trial, { gains = [] }: Night): number {
  const number = /^c(\d+)$/.exec(configuration.id)?.[1];
  return number === undefined ? 0 : Math.log(1 + (gains[Number(number) - 1] ?? 0));
}

function noiseOf({ configuration }: Trial, weather: Weather, random: RandomSource): number {
  const { sd, outliers = 0, noisy, skewed } = weather;
  const outlier = random.uniform() < outliers ? Math.log(0.6) : 0;
  const times = noisy?.id === configuration.id ? noisy.times : 1;
  const shape = skewed === true ? -1 - Math.log(1 - random.uniform()) : random.normal();
  return outlier + times * sd * shape;
}

function nextSpeed(
  speed: number,
  { sd, correlation }: NonNullable<Weather['speed']>,
  random: RandomSource,
): number {
  return correlation * speed + sd * Math.sqrt(1 - correlation ** 2) * random.normal();
}

/** One reading that stands for the trial's (which lasts about six seconds); none where the canary is off or missed. */
function canaryReadings(speed: number, weather: Weather, random: RandomSource): CanaryReading[] {
  if (weather.canary === undefined) return [];
  const { correlation, slope = 1, jumps = 0, missing = 0 } = weather.canary;
  const sd = weather.speed?.sd ?? 0.1;
  const seen = correlation * speed + sd * Math.sqrt(1 - correlation ** 2) * random.normal();
  const jump = random.uniform() < jumps ? 2 : 1;
  if (random.uniform() < missing) return [];
  return [{ at: 4_000, cpuMs: 1.1 * jump * Math.exp(-seen * slope), frozenMs: 3 }];
}

/** The verdicts on throughput of the candidates of a night, by configuration id. */
export function verdictsOf(run: RunRecord): Map<string, Verdict> {
  const table = tabulate(run);
  const judged = [...judgeRun(table, slopesOf(table))].filter(([id]) => id !== 'aa');
  return new Map(judged.map(([id, { throughput }]) => [id, throughput]));
}

/** How many of so many nights have a property, by seed. */
export function countNights(nights: number, holds: (seed: number) => boolean): number {
  let found = 0;
  for (let seed = 1; seed <= nights; seed += 1) if (holds(seed)) found += 1;
  return found;
}
