import { whyNotCounted } from '../model/outcome.js';
import type { ReportModel } from './report-model.js';

/** `summary.json`, for programs; its shape is `schemas/summary.schema.json`. */
export function renderSummary(model: ReportModel): string {
  const { manifest, experiment, plan, trials } = model.run;
  const summary = {
    formatVersion: 1,
    experiment: experiment.name,
    startedAt: manifest.startedAt,
    complete: trials.length === model.plannedTrials,
    plannedTrials: model.plannedTrials,
    endedTrials: trials.length,
    seed: plan.seed,
    versions: manifest.versions,
    configurations: model.rows.map((row) => ({
      id: row.configuration.id,
      isBaseline: row.configuration.isBaseline,
      levels: row.configuration.levels,
      rowsPerSecond: row.rowsPerSecond,
      batchMs: row.batchMs,
      meanPhaseMs: row.meanPhaseMs,
      throughputChange: row.throughputChange,
      latencyChange: row.latencyChange,
      trials: row.trials.map(({ trial, outcome, wallMs, measurement }) => ({
        id: trial.id,
        block: trial.block,
        outcome: outcome.kind,
        reason: whyNotCounted(outcome) ?? null,
        wallMs: Math.round(wallMs),
        rowsPerSecond: measurement?.rowsPerSecond ?? null,
        batchMs: measurement?.batchMs ?? null,
        warnings: measurement?.warnings ?? [],
      })),
    })),
  };
  return `${JSON.stringify(summary, null, 2)}\n`;
}
