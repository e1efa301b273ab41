import type { Configuration } from '../../model/configuration.js';
import type { ComparedFigures, ComparedSide } from '../../model/compare/result-comparison.js';
import type { RunRecord } from '../../model/run/run-record.js';
import { median } from '../../stats/quantile.js';
import { baselineSide, latency, throughput } from '../judge/contrast.js';
import { isOver, judgeRun } from '../judge/judge-run.js';
import { freshTrials } from '../judge/screening.js';
import { indexTrials, measurementsOf, type TrialIndex } from '../trial-index.js';

/** A run as one side of a comparison. */
export interface RunSide {
  /** As it was named. */
  readonly name: string;
  readonly run: RunRecord;
}

/** A side with the trials on which verdicts may rest: after a screening, those of the fresh blocks. */
export interface OpenedSide extends RunSide {
  readonly table: TrialIndex;
  /** Whether the run has come to the point at which it may be judged. */
  readonly isJudged: boolean;
}

export function openSide({ name, run }: RunSide): OpenedSide {
  const history = run.plan.screening === undefined ? run : freshTrials(run);
  const { judgedAt } = judgeRun(run, isOver(run));
  return { name, run, table: indexTrials(history), isJudged: judgedAt !== null };
}

/** The trials of a configuration in each block: the baseline has two. */
export function configurationSide({ run }: RunSide, configuration: Configuration): Configuration[] {
  return configuration.role === 'candidate' ? [configuration] : baselineSide(run);
}

export function figuresOf(side: OpenedSide, configuration: Configuration): ComparedFigures {
  const measurements = measurementsOf(side.table, configurationSide(side, configuration));
  const rates = measurements.flatMap((one) => throughput.figure(one) ?? []);
  const middle = median(rates);
  return {
    trials: measurements.length,
    rowsPerSecond:
      middle === undefined
        ? null
        : { median: middle, low: Math.min(...rates), high: Math.max(...rates) },
    latencyMs: median(measurements.flatMap((one) => latency.figure(one) ?? [])) ?? null,
  };
}

export function sideOfRun({ name, run: { manifest } }: RunSide): ComparedSide {
  const { startedAt, simulation = null, versions } = manifest;
  const spark = simulation === null ? versions.spark : null;
  return { name, startedAt, simulation, spark, logs: null };
}
