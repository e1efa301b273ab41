import type { NextStep } from '../../model/run/next-step.js';
import type { ReportModel } from '../../model/run/report-model.js';

/** From this share of a batch on, a part that does not depend on its rows speaks for larger batches. */
const muchOfBatch = 0.2;

type TryKnob = Extract<NextStep, { readonly kind: 'try-knob' }>;

/**
 * The knob to vary next, by where the baseline's batches spend their time; null if the run varied all that it suggests.
 * Commits and planning cost the same for a batch of any size; a stateful query has a task for each shuffle partition.
 */
export function knobToTry({
  rows,
  variedKeys,
  run,
}: Pick<ReportModel, 'rows' | 'variedKeys' | 'run'>): TryKnob | null {
  const baseline = rows.find(({ configuration }) => configuration.role === 'baseline');
  const phases = baseline?.meanPhaseMs ?? {};
  const whole = phases['triggerExecution'] ?? 0;
  if (whole === 0) return null;
  const share = (...names: readonly string[]) =>
    names.reduce((sum, name) => sum + (phases[name] ?? 0), 0) / whole;
  const isStateful = run.trials.some(({ measurement }) => measurement?.shufflePartitions != null);
  const [commits, planning] = [
    share('walCommit', 'commitOffsets', 'commitBatch'),
    share('queryPlanning'),
  ];
  const batchSize = 'source.maxOffsetsPerTrigger';
  const found: TryKnob[] = [
    ...suggested(commits >= muchOfBatch, batchSize, { kind: 'commits', share: commits }),
    ...suggested(planning >= muchOfBatch, batchSize, { kind: 'planning', share: planning }),
    ...suggested(isStateful, 'spark.sql.shuffle.partitions', { kind: 'stateful' }),
    ...suggested(true, batchSize, { kind: 'batch-size' }),
  ];
  return found.find(({ key }) => !variedKeys.includes(key)) ?? null;
}

function suggested(holds: boolean, key: string, why: TryKnob['why']): TryKnob[] {
  return holds ? [{ kind: 'try-knob', key, why }] : [];
}
