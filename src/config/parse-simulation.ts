import type { Assignment } from '../model/knob.js';
import type { SimulatedFault, SimulationModel } from '../model/simulation-model.js';
import { checkSource, readSource } from './checked-source.js';
import { share } from './quantities.js';
import { schemaCheck } from './problems/schema-problems.js';

/** The contents of a file that has passed its schema. */
interface SimulationFile {
  readonly rowsPerSecond?: number;
  readonly batchRows?: number;
  readonly effects?: readonly { readonly knobs: Assignment; readonly gain: string }[];
  readonly noise?: {
    readonly trial?: string;
    readonly skewed?: boolean;
    readonly outliers?: string;
    readonly batch?: string;
    readonly correlation?: number;
  };
  readonly drift?: string;
  readonly speed?: {
    readonly sd?: string;
    readonly correlation?: number;
    readonly canary?: number;
  };
  readonly warmup?: {
    readonly depth?: string;
    readonly batches?: number;
    readonly firstBatch?: number;
  };
  readonly faults?: readonly {
    readonly kind: SimulatedFault['kind'];
    readonly configuration?: string;
    readonly block?: number;
    readonly share?: string;
  }[];
}

const problemsOf = schemaCheck('schemas/simulation.schema.json', 'the simulation');

/** Reads a simulation model. Throws EXPERIMENT_UNREADABLE or EXPERIMENT_INVALID. */
export async function readSimulation(
  file: string,
): Promise<{ readonly simulation: SimulationModel; readonly text: string }> {
  const example = 'a simulation model, for example experiments/simulated/lively-night.yaml';
  const source = await readSource(file, example);
  const hint = 'schemas/simulation.schema.json explains every key.';
  const { value } = checkSource(source, problemsOf, hint);
  return { simulation: modelOf(value as SimulationFile), text: source.text };
}

function modelOf(file: SimulationFile): SimulationModel {
  const { noise = {}, speed = {}, warmup = {} } = file;
  return {
    rowsPerSecond: file.rowsPerSecond ?? 20_000,
    batchRows: file.batchRows ?? 5_000,
    effects: (file.effects ?? []).map(({ knobs, gain }) => ({ knobs, gain: share(gain) })),
    noise: {
      trial: share(noise.trial ?? '5%'),
      skewed: noise.skewed ?? false,
      outliers: share(noise.outliers ?? '0%'),
      noisy: null,
      batch: share(noise.batch ?? '3%'),
      correlation: noise.correlation ?? 0.3,
    },
    drift: share(file.drift ?? '0%'),
    walk: 0,
    speed: { sd: share(speed.sd ?? '0%'), correlation: speed.correlation ?? 0.6 },
    canary: { correlation: speed.canary ?? 0.9, slope: 1, jumps: 0, missing: 0 },
    warmup: {
      depth: share(warmup.depth ?? '20%'),
      batches: warmup.batches ?? 3,
      firstBatch: warmup.firstBatch ?? 5,
    },
    faults: (file.faults ?? []).map(({ kind, configuration, block, share: part }) => ({
      kind,
      configuration: configuration ?? null,
      block: block ?? null,
      share: share(part ?? '100%'),
    })),
  };
}
