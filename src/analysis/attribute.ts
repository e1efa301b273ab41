import type { Measurement } from '../model/trial/measurement.js';
import type { Attribution } from '../model/run/report-model.js';
import { mean } from '../stats/mean.js';

/** A phase whose time changed by less than this counts as unchanged. */
const unchangedShare = 0.1;
/** Phases with a smaller share of the batch are ignored. */
const leastShare = 0.01;

/**
 * Finds the phase that accounts for the difference between two configurations, in milliseconds per 1,000 rows so that
 * batches of different sizes compare. Null if either side has no measurement.
 */
export function attribute(
  changed: readonly Measurement[],
  baseline: readonly Measurement[],
): Attribution | null {
  const [after, before] = [perThousandRows(changed), perThousandRows(baseline)];
  if (after === null || before === null) return null;
  const [total = 0, totalBefore = 0] = [after, before].map((side) => side['triggerExecution']);
  const phases = Object.keys({ ...before, ...after })
    .filter((phase) => phase !== 'triggerExecution')
    .map((phase) => ({ phase, before: before[phase] ?? 0, after: after[phase] ?? 0 }))
    .filter((one) => Math.max(one.before / totalBefore, one.after / total) >= leastShare)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  const [main] = phases;
  if (main === undefined) return null;
  return {
    main,
    share: total === totalBefore ? 0 : (main.after - main.before) / (total - totalBefore),
    unchanged: phases
      .slice(1)
      .filter((one) => Math.abs(one.after / one.before - 1) < unchangedShare)
      .map(({ phase }) => phase),
    operator: operatorOf(changed, baseline),
    tasks: tasksOf(changed, baseline),
  };
}

/** The stateful operator's own time, summed over its tasks, per 1,000 rows. */
function operatorOf(
  changed: readonly Measurement[],
  baseline: readonly Measurement[],
): Attribution['operator'] {
  const [after, before] = [changed, baseline].map((side) => {
    const found = side.flatMap(({ stateOperator, rowsPerBatch }) =>
      stateOperator === null || rowsPerBatch === null ? [] : [{ ...stateOperator, rowsPerBatch }],
    );
    const [first] = found;
    if (first === undefined) return undefined;
    const ms = (step: 'updateMs' | 'removalMs' | 'commitMs') =>
      mean(found.map((one) => (1_000 * one[step]) / one.rowsPerBatch));
    return {
      name: first.name,
      update: ms('updateMs'),
      removal: ms('removalMs'),
      commit: ms('commitMs'),
    };
  });
  if (after === undefined || before === undefined) return null;
  const steps = (['update', 'removal', 'commit'] as const)
    .map((step) => ({ step, before: before[step], after: after[step] }))
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
  const [main] = steps;
  return main === undefined ? null : { name: after.name, ...main };
}

function tasksOf(
  changed: readonly Measurement[],
  baseline: readonly Measurement[],
): Attribution['tasks'] {
  const [after, before] = [changed, baseline].map((side) => {
    const found = side.find((m) => m.shufflePartitions !== null && m.rowsPerBatch !== null);
    const tasks = found?.shufflePartitions;
    const rows = found?.rowsPerBatch;
    return tasks === null || tasks === undefined || rows === null || rows === undefined
      ? undefined
      : { tasks, rowsPerTask: rows / tasks };
  });
  return after === undefined || before === undefined ? null : { before, after };
}

/** Mean milliseconds of each phase per 1,000 rows; null without a measured batch. */
function perThousandRows(measurements: readonly Measurement[]): Record<string, number> | null {
  const counted = measurements.filter(({ rowsPerBatch }) => (rowsPerBatch ?? 0) > 0);
  if (counted.length === 0) return null;
  const totals: Record<string, number> = {};
  for (const { meanPhaseMs, rowsPerBatch } of counted) {
    for (const [phase, ms] of Object.entries(meanPhaseMs)) {
      totals[phase] = (totals[phase] ?? 0) + (1_000 * ms) / (rowsPerBatch ?? 1) / counted.length;
    }
  }
  return totals;
}
