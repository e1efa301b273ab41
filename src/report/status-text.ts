import type { RunStanding } from '../model/run-record.js';
import { count } from './wording.js';

/** Where a run is. Times are ISO 8601, UTC. */
export interface RunStatus {
  readonly name: string;
  readonly state: RunStanding;
  readonly startedAt: string;
  /** Of the last entry in its journal. */
  readonly lastAt: string;
  /** Trials that have to run, and those of them that have ended. */
  readonly planned: number;
  readonly ended: number;
  /** The trial in hand. */
  readonly under: string | null;
  readonly endsAt: string | null;
  readonly failures: readonly {
    readonly trial: string;
    readonly outcome: string;
    readonly why: string;
  }[];
}

/** In words, with what to do. */
export const standings: Readonly<Record<RunStanding, string>> = {
  running: 'running',
  'broken-off': 'broken off: go on with `streamtune resume`',
  complete: 'complete',
  interrupted: 'stopped on request: go on with `streamtune resume`',
  budget: 'ended by its budget: go on with `streamtune resume`',
  'broken-baseline': 'ended, as the baseline fails',
};

/** A few lines for people. */
export function renderStatus(status: RunStatus): string {
  const { name, state, ended, planned, under, endsAt, failures, lastAt } = status;
  return [
    `${name}: ${standings[state]}`,
    `  ${count(ended)} of ${count(planned)} trials have ended${under === null ? '' : `, ${under} is running`}`,
    `  last sign of life ${lastAt}${endsAt === null ? '' : `, ends about ${endsAt}`}`,
    ...failures.map(({ trial, outcome, why }) => `  ${trial} ${outcome}: ${why}`),
  ].join('\n');
}
