import { whyNotCounted } from './words/outcome/outcome-text.js';
import type { EndedTrial } from '../model/trial/ended-trial.js';
import type { Conclusion } from '../model/run/conclusion.js';
import type { ConfigurationRow, ReportModel } from '../model/run/report-model.js';

/** `summary.json`, for programs; its schema is `schemas/summary.schema.json`. */
export function renderSummary(model: ReportModel): string {
  const { manifest, experiment, plan, state, resumes } = model.run;
  const summary = {
    formatVersion: 2,
    experiment: experiment.name,
    startedAt: manifest.startedAt,
    state,
    resumes,
    complete: model.endedTrials === model.plannedTrials,
    plannedTrials: model.plannedTrials,
    endedTrials: model.endedTrials,
    seed: plan.seed,
    alpha: model.alpha,
    delta: model.delta,
    judged: model.judgedAt !== null,
    conclusion: conclusionPart(model.conclusion),
    detection: model.sensitivity,
    screening: screeningPart(model.screening),
    ablations: model.ablations.map(({ without, ...one }) => ({ ...one, without: without.id })),
    claims: model.claims.map(({ claim, outcome, verdict }) => ({
      ...claim,
      outcome,
      verdict: verdict?.kind ?? null,
    })),
    versions: manifest.versions,
    settings: model.settings,
    configurations: model.rows.map(configurationPart),
  };
  return `${JSON.stringify(summary, null, 2)}\n`;
}

/** The configuration by its id, as everywhere in the file. */
function conclusionPart({ answer, ...rest }: Conclusion) {
  if (answer.kind === 'screened') return { ...rest, answer: { ...answer, best: answer.best.id } };
  if (answer.kind !== 'better') return { ...rest, answer };
  const { configuration, ...best } = answer.best;
  return {
    ...rest,
    answer: { kind: answer.kind, best: { configuration: configuration.id, ...best } },
  };
}

function screeningPart(screening: ReportModel['screening']) {
  if (screening === null) return null;
  return { ...screening, kept: screening.kept.map(({ id }) => id) };
}

function configurationPart(row: ConfigurationRow) {
  return {
    id: row.configuration.id,
    isBaseline: row.configuration.role === 'baseline',
    levels: row.configuration.levels,
    rowsPerSecond: row.rowsPerSecond,
    batchMs: row.batchMs,
    offered: row.offered,
    meanPhaseMs: row.meanPhaseMs,
    ...(row.queries === null ? {} : { queries: row.queries }),
    cost: row.cost,
    throughput: row.throughput,
    latency: row.latency,
    result: row.result,
    attribution: row.attribution,
    trials: row.trials.map(trialPart),
  };
}

function trialPart({ trial, outcome, wallMs, measurement, machine }: EndedTrial) {
  return {
    id: trial.id,
    block: trial.block,
    outcome: outcome.kind,
    reason: whyNotCounted(outcome) ?? null,
    wallMs: Math.round(wallMs),
    rowsPerSecond: measurement?.rowsPerSecond ?? null,
    batchMs: measurement?.batchMs ?? null,
    offered: measurement?.offered ?? null,
    ...(measurement?.queries === undefined ? {} : { queries: measurement.queries }),
    stageTasks: measurement?.stageTasks ?? null,
    canary: measurement?.canary ?? null,
    machine,
    warnings: measurement?.warnings ?? [],
  };
}
