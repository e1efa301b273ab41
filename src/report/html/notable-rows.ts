import type { ConfigurationRow, ReportModel } from '../../model/run/report-model.js';

/** More configurations than these make no chart that can be read, and a page that is slow. */
const mostShown = 40;

/**
 * The configurations that charts and details show, in the order of the plan: all, or of many the baseline and its control,
 * the best, and then those with a claim, with failures, and with the largest estimates.
 */
export function notableRows(model: Pick<ReportModel, 'rows' | 'conclusion' | 'screening'>) {
  const { rows } = model;
  if (rows.length <= mostShown) return rows;
  const ranked = [...rows].sort((a, b) => rankOf(a, model) - rankOf(b, model));
  const kept = new Set(ranked.slice(0, mostShown));
  return rows.filter((row) => kept.has(row));
}

/** Less is shown first. */
function rankOf(
  row: ConfigurationRow,
  { conclusion, screening }: Pick<ReportModel, 'conclusion' | 'screening'>,
): number {
  const { configuration, failures } = row;
  if (configuration.role !== 'candidate') return 0;
  const { answer } = conclusion;
  if (answer.kind === 'better' && answer.best.configuration.id === configuration.id) return 1;
  if (screening?.kept.some(({ id }) => id === configuration.id) === true) return 2;
  const verdict = row[conclusion.figure];
  const size = Math.abs(Math.log1p(verdict?.estimate?.gain ?? 0));
  const closeness = 1 / (1 + size);
  if (verdict?.kind === 'better') return 3 + closeness;
  if (failures.length > 0) return 5 + closeness;
  return (verdict?.kind === 'worse' ? 7 : 9) + closeness;
}
