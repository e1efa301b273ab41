import type { LoggedQuery } from '../../model/log/imported-log.js';
import { count } from '../words/wording.js';
import { queryName } from './log-words.js';

/** More do not fit beside each other. */
const mostQueries = 4;

/** Where a batch's time goes: a row for each phase, a column for each query, those with most batches first. */
export function phaseTable(queries: readonly LoggedQuery[]) {
  const shown = queries
    .filter(({ phases }) => phases.length > 0)
    .sort((a, b) => b.measurement.counts.counted - a.measurement.counts.counted)
    .slice(0, mostQueries);
  const names = [...new Set(shown.flatMap(({ phases }) => phases.map(({ name }) => name)))];
  return {
    columns: [
      { label: 'phase of a batch', align: 'left' as const },
      ...shown.map((query) => ({
        label: `${queryName(query)}\nmean ms (share)`,
        align: 'right' as const,
      })),
    ],
    rows: names.map((name) => [
      name,
      ...shown.map(({ phases }) => {
        const phase = phases.find((one) => one.name === name);
        return phase === undefined ? '—' : `${count(phase.meanMs)} (${count(100 * phase.share)} %)`;
      }),
    ]),
  };
}
