import type { Configuration } from '../configuration.js';

/** One execution of one configuration: fresh process, checkpoint and output, the same bytes of input. */
export interface Trial {
  /** `b1-t2-c1`: block 1, second in its order, configuration c1. Unique in a run; also its folder's name. */
  readonly id: string;
  readonly block: number;
  readonly configuration: Configuration;
}

/** The same trial once more, in the same block. */
export function retryOf(trial: Trial): Trial {
  return { ...trial, id: `${trial.id}-retry` };
}

/** Whether it is such a second try. */
export function isRetry({ id }: Trial): boolean {
  return id.endsWith('-retry');
}

/** The place of a trial in the table of blocks and configurations; second tries share it. */
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
}

export interface Plan {
  readonly configurations: readonly Configuration[];
  readonly blocks: readonly Block[];
  readonly seed: number;
}

/** All trials of a plan, in the order in which they run. */
export function trialsOf({ blocks }: Pick<Plan, 'blocks'>): Trial[] {
  return blocks.flatMap((block) => block.launches.flatMap((launch) => launch.trials));
}
