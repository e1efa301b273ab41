import type { Configuration } from '../configuration.js';

/** One execution of one configuration: fresh process, checkpoint and output, same input bytes. */
export interface Trial {
  /** `b1-t2-c1`: block 1, second in its order, configuration c1. Unique in a run; also the name of its folder. */
  readonly id: string;
  readonly block: number;
  readonly configuration: Configuration;
}

/** The retry of a trial, in the same block. */
export function retryOf(trial: Trial): Trial {
  return { ...trial, id: `${trial.id}-retry` };
}

/** Whether the trial is a retry. */
export function isRetry({ id }: Trial): boolean {
  return id.endsWith('-retry');
}

/** A trial's cell in the table of blocks and configurations; a retry shares it. */
export function cellOf({ block, configuration }: Pick<Trial, 'block' | 'configuration'>): string {
  return `${String(block)} ${configuration.id}`;
}

/** One process. With `spark-submit` it holds exactly one trial; a session may hold several. */
export interface Launch {
  readonly trials: readonly Trial[];
}

/** One pass over all configurations, in random order. */
export interface Block {
  /** Counted from 1. */
  readonly number: number;
  readonly launches: readonly Launch[];
  /** The speed canary is left out of its trials; absent if the experiment decides. */
  readonly canary?: 'off';
}

export interface Plan {
  readonly configurations: readonly Configuration[];
  /** Every trial that may run. After a screening, those of configurations that were not kept are skipped. */
  readonly blocks: readonly Block[];
  readonly seed: number;
  /** Whether the first blocks only choose what the others judge; absent if every block counts for all. */
  readonly screening?: Screening;
}

/** The first blocks rank the candidates, and make no claim; the blocks after them run only the best, and judge those. */
export interface Screening {
  /** How many blocks rank. */
  readonly blocks: number;
  /** How many candidates are kept. */
  readonly top: number;
  /** How its trials run where the experiment leaves it open (`executor: auto`); absent elsewhere. */
  readonly executor?: 'submit' | 'session';
}

/** All trials of a plan, in execution order. */
export function trialsOf({ blocks }: Pick<Plan, 'blocks'>): Trial[] {
  return blocks.flatMap((block) => block.launches.flatMap((launch) => launch.trials));
}

/** The configurations under test: those that run, can differ from the baseline, and are not controls. */
export function candidatesOf({ configurations }: Pick<Plan, 'configurations'>): Configuration[] {
  return configurations.filter(({ role, inert }) => role === 'candidate' && inert === undefined);
}
