import type { CanaryReading } from '../../model/trial/canary.js';
import type { Configuration } from '../../model/configuration.js';
import type { QueryProgress } from '../../model/trial/query-progress.js';
import { seededRandom, seedOfPart, type RandomSource } from '../../model/seeded-random.js';
import type { SimulatedFault, SimulationModel } from '../../model/simulation-model.js';
import { simulateBatches } from './simulate-batches.js';

/** The position of a trial in a run. */
export interface Slot {
  /** Counted from 0, in planned order. */
  readonly index: number;
  readonly of: number;
  readonly block: number;
  readonly configuration: Configuration;
  /** 0 for the first try. */
  readonly attempt: number;
}

export interface SimulatedTrial {
  readonly events: readonly QueryProgress[];
  readonly canary: readonly CanaryReading[];
  readonly faults: readonly SimulatedFault['kind'][];
}

/** Half a second, like the real canary. */
const canaryIntervalMs = 500;

/**
 * Creates the world of one run. What happens in a slot depends only on the seed and the slot, so a resumed run meets
 * the same world.
 */
export function createWorld(model: SimulationModel, seed: number) {
  const weather = slowWeather(model, seededRandom(seed));
  return {
    play: (
      slot: Slot,
      trial: { readonly batches: number; readonly startedAt: number },
    ): SimulatedTrial => {
      const random = seededRandom(seedOfPart(seed, slot.index, slot.attempt));
      const { speed, walk } = weather(slot.index);
      const drift = (Math.log(1 + model.drift) * slot.index) / slot.of;
      const faults = faultsOf(model, slot, random);
      const effect = faults.includes('ignored-knob') ? 0 : effectOf(model, slot.configuration);
      const log = effect + drift + walk + speed + trialNoise(model, slot.configuration, random);
      const events = simulateBatches(
        {
          ...trial,
          rowsPerSecond: model.rowsPerSecond * Math.exp(log),
          batchRows: batchRowsOf(model, slot.configuration),
          warmup: model.warmup,
          noise: { sd: model.noise.batch, correlation: model.noise.correlation },
        },
        random,
      );
      return { events, canary: canaryOf(model, { speed, events }, random), faults };
    },
  };
}

export function batchRowsOf(model: SimulationModel, { knobs }: Configuration): number {
  const asked = Number(knobs['source.maxOffsetsPerTrigger'] ?? model.batchRows);
  return Number.isFinite(asked) && asked > 0 ? asked : model.batchRows;
}

/** The machine's speed and the random walk, slot by slot; generated as far as requested. */
function slowWeather({ speed, walk }: SimulationModel, random: RandomSource) {
  const path: { speed: number; walk: number }[] = [];
  const innovation = speed.sd * Math.sqrt(1 - speed.correlation ** 2);
  return (index: number) => {
    for (let next = path.length; next <= index; next += 1) {
      const before = path[next - 1];
      path.push({
        speed:
          before === undefined
            ? speed.sd * random.normal()
            : speed.correlation * before.speed + innovation * random.normal(),
        walk: (before?.walk ?? 0) + walk * random.normal(),
      });
    }
    return path[index] ?? { speed: 0, walk: 0 };
  };
}

function effectOf({ effects }: SimulationModel, { knobs }: Configuration): number {
  return effects
    .filter((effect) => Object.entries(effect.knobs).every(([key, level]) => knobs[key] === level))
    .reduce((sum, { gain }) => sum + Math.log(1 + gain), 0);
}

function trialNoise(
  { noise }: SimulationModel,
  { id }: Configuration,
  random: RandomSource,
): number {
  const outlier = random.uniform() < noise.outliers ? Math.log(0.6) : 0;
  const times = noise.noisy?.configuration === id ? noise.noisy.times : 1;
  const shape = noise.skewed ? -1 - Math.log(1 - random.uniform()) : random.normal();
  return outlier + times * noise.trial * shape;
}

function faultsOf(
  { faults }: SimulationModel,
  { configuration, block }: Slot,
  random: RandomSource,
): SimulatedFault['kind'][] {
  return faults
    .filter((fault) => random.uniform() < fault.share && matches(fault, configuration.id, block))
    .map(({ kind }) => kind);
}

function matches(fault: SimulatedFault, configuration: string, block: number): boolean {
  return (
    (fault.configuration === null || fault.configuration === configuration) &&
    (fault.block === null || fault.block === block)
  );
}

/** Readings throughout the trial, all the same: what the canary sees of the speed. */
function canaryOf(
  { canary, speed: { sd } }: SimulationModel,
  { speed, events }: { readonly speed: number; readonly events: readonly QueryProgress[] },
  random: RandomSource,
): CanaryReading[] {
  const first = events[0];
  const last = events.at(-1);
  if (canary === null || first === undefined || last === undefined) return [];
  const { correlation, slope, jumps, missing } = canary;
  const seen = correlation * speed + sd * Math.sqrt(1 - correlation ** 2) * random.normal();
  const jump = random.uniform() < jumps ? 2 : 1;
  if (random.uniform() < missing) return [];
  const cpuMs = 1.1 * jump * Math.exp(-seen * slope);
  const readings = Math.floor((last.startedAt - first.startedAt) / canaryIntervalMs);
  return Array.from({ length: readings }, (_, index) => ({
    at: Math.round(first.startedAt + (index + 1) * canaryIntervalMs),
    cpuMs,
    frozenMs: 3 * cpuMs,
  }));
}
