import type { Experiment } from './experiment.js';
import { sparkVersionKnob, type Assignment } from './knob.js';

/** Which Spark is asked for; where neither is given, the toolchain chooses. */
export interface SparkRequest {
  /** An exact version. */
  readonly version?: string | undefined;
  /** The folder of an existing Spark. */
  readonly home?: string | undefined;
}

type Asking = Pick<Experiment, 'sparkVersion' | 'sparkHome'>;

/** The Spark that a configuration asks for: its own version, where that is a factor. */
export function sparkOf({ sparkVersion, sparkHome }: Asking, knobs: Assignment): SparkRequest {
  const own = knobs[sparkVersionKnob] ?? null;
  const version = own === null ? sparkVersion : String(own);
  return {
    ...(version === undefined ? {} : { version }),
    ...(sparkHome === undefined ? {} : { home: sparkHome }),
  };
}

/** Every Spark that an experiment asks for, that of its first configuration first. */
export function sparksOf(
  experiment: Asking,
  configurations: readonly { readonly knobs: Assignment }[],
): SparkRequest[] {
  const found = new Map<string | undefined, SparkRequest>();
  for (const { knobs } of configurations) {
    const request = sparkOf(experiment, knobs);
    if (!found.has(request.version)) found.set(request.version, request);
  }
  return [...found.values()];
}
