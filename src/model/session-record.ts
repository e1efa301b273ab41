/** What a driver held after a trial, by its JVM. Null is what it does not tell. */
export interface DriverFigures {
  /** What has outlived the JVM's own collections; garbage is collected for it only where that is much, or not told. */
  readonly heapBytes: number;
  readonly maxHeapBytes: number;
  readonly threads: number | null;
  readonly classes: number | null;
  readonly kafkaClients: number | null;
}

/** Why a driver was started: the first of the run, other cold knobs, the one before had ended, or held too much. */
export type DriverReason =
  'first' | 'cold-knobs' | 'ended' | 'trials' | 'heap' | 'threads' | 'classes' | 'kafka-clients';

/** How a driver was warmed before its first trial. */
export interface BurnIn {
  readonly seconds: number;
  readonly trials: number;
  /** Whether its rate had become flat, or its time was up. */
  readonly isFlat: boolean;
  /** Rows per second of each, in their order. */
  readonly rates: readonly number[];
}

/** The driver in which a trial ran, if it shared one. */
export interface SessionRecord {
  /** Counted from 1, since the run was started or resumed. */
  readonly driver: number;
  readonly startedFor: DriverReason;
  /** Which trial of its driver this was, counted from 1. */
  readonly place: number;
  readonly burnIn: BurnIn;
  /** Null if the driver ended with the trial. */
  readonly figures: DriverFigures | null;
  /** In how many turns it ran, if it took turns with the other trials of its block. */
  readonly turns?: number;
  /** Why its script had only one, for all its records; a text each. */
  readonly inOneGo?: readonly string[];
}

/** How many trials share a driver at most: a run should not rest on what one JVM happens to be like. */
export const trialsOfDriver = 40;

/** A turn is no shorter, as each finds the caches of the processor full of what others left. */
export const leastTurnSeconds = 1;

/** When warming a driver up stops, whatever its rate does. */
export interface BurnInLimits {
  readonly seconds: number;
  readonly trials: number;
}

export const defaultBurnIn: BurnInLimits = { seconds: 180, trials: 24 };

/** By trials as long as a turn, for trials that take turns: what the JVM still gains meanwhile falls on all of them. */
export const burnInOfTurns: BurnInLimits = { seconds: 90, trials: 200 };
