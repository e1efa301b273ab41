import type {
  ComparedResults,
  ComparedSubject,
  ResultComparison,
} from '../../model/compare/result-comparison.js';
import { decisive, subjectName, verdictSentence } from './compare-words.js';
import { verdictCell } from '../words/wording.js';

/** A comparison for programs. */
export function renderComparedJson(comparison: ComparedResults): string {
  const { rows, onlyBefore, onlyAfter, ...rest } = comparison;
  const shown = {
    version: 1,
    answer: verdictSentence(comparison),
    ...rest,
    rows: rows.map(({ subject, ...row }) => ({ ...subjectPart(subject), ...row })),
    onlyBefore: onlyBefore.map(subjectName),
    onlyAfter: onlyAfter.map(subjectName),
  };
  return JSON.stringify(shown, null, 2);
}

function subjectPart(subject: ComparedSubject) {
  const name = subjectName(subject);
  if (subject.kind === 'pair')
    return { name, configurations: [subject.before.id, subject.after.id] };
  return subject.kind === 'same' ? { name, levels: subject.configuration.levels } : { name };
}

/**
 * The figures of the second side for github-action-benchmark (its README, "customBiggerIsBetter" and
 * "customSmallerIsBetter"): rows per second, or under an offered load median latency, of which less is better.
 */
export function renderBenchmarkAction(comparison: ResultComparison): string {
  const isRate = comparison.figure === 'throughput';
  const entries = comparison.rows.flatMap((row) => {
    const { rowsPerSecond, latencyMs } = row.after;
    const value = isRate ? rowsPerSecond?.median : latencyMs;
    if (value === undefined || value === null) return [];
    const spread =
      isRate && rowsPerSecond !== null ? (rowsPerSecond.high - rowsPerSecond.low) / 2 : null;
    return [
      {
        name: subjectName(row.subject),
        unit: isRate ? 'rows/s' : 'ms',
        value: rounded(value),
        ...(spread === null ? {} : { range: `± ${String(rounded(spread))}` }),
        extra: verdictCell(decisive(row, comparison)).replaceAll('\n', ' '),
      },
    ];
  });
  return JSON.stringify(entries, null, 2);
}

function rounded(value: number): number {
  return Math.round(100 * value) / 100;
}
