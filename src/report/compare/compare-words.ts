import type {
  ComparedRow,
  ComparedSubject,
  ResultComparison,
} from '../../model/compare/result-comparison.js';
import type { Verdict } from '../../model/run/comparison.js';
import { oneLine } from '../../model/printable.js';
import { confidenceText } from '../words/conclusion-text.js';
import {
  capitalised,
  configurationName,
  count,
  gainText,
  magnitude,
  percent,
  plural,
} from '../words/wording.js';

/** What a row compares, on one line. */
export function subjectName(subject: ComparedSubject): string {
  switch (subject.kind) {
    case 'same':
      return configurationName(subject.configuration, subject.baseline).replaceAll('\n', ' ');
    case 'pair': {
      const [before, after] = [subject.before, subject.after].map((one) =>
        configurationName(one, subject.baseline).replaceAll('\n', ' '),
      );
      return `${after ?? ''} against ${before ?? ''}`;
    }
    case 'query':
      return subject.name === '' ? 'the query' : oneLine(subject.name);
  }
}

/** The answer in one sentence. */
export function verdictSentence(comparison: ResultComparison): string {
  const { undecided, rows, delta } = comparison;
  const simulated = comparison.before.simulation === null ? '' : 'Simulated: ';
  if (undecided === 'one-log') {
    return 'No decision: one log against one log is one trial a side, and says nothing about noise, however many batches it has.';
  }
  if (undecided === 'unfinished') {
    return `${simulated}No decision yet: a run that is not finished has estimates and no verdicts.`;
  }
  const of = (kind: Verdict['kind']) =>
    rows.filter((row) => decisive(row, comparison).kind === kind);
  const [worse, better] = [of('worse'), of('better')];
  const told = [...worse, ...better];
  if (told.length === 1 && told[0] !== undefined)
    return `${simulated}${oneSentence(told[0], comparison)}${restText(comparison)}`;
  if (told.length > 1) {
    const named = (found: readonly ComparedRow[], word: string) =>
      found.length === 0
        ? []
        : [`${count(found.length)} ${word} (most: ${mostText(found, comparison)})`];
    return `${simulated}Of ${plural(rows.length, 'comparison')}, ${[...named(worse, 'worse'), ...named(better, 'better')].join(', ')}.${restText(comparison)}`;
  }
  const kinds = rows.map((row) => decisive(row, comparison).kind);
  return kinds.every((kind) => kind === 'equivalent')
    ? `${simulated}No difference: ${rows.length === 1 ? 'equivalent' : `all ${count(rows.length)} are equivalent`} within ±${magnitude(delta)}.`
    : `${simulated}No difference was decided.${restText(comparison)}`;
}

export function decisive(row: ComparedRow, { figure }: Pick<ResultComparison, 'figure'>): Verdict {
  return row[figure];
}

function oneSentence(row: ComparedRow, comparison: ResultComparison): string {
  const { kind, estimate } = decisive(row, comparison);
  const figure = comparison.figure === 'throughput' ? 'rows per second' : 'median latency';
  const size =
    estimate === null ? '' : `: ${percent(estimate.gain)} ${figure}${rangeText(estimate)}`;
  return `${subjectName(row.subject)} is ${kind}${size}.`;
}

function rangeText(estimate: NonNullable<Verdict['estimate']>): string {
  const { interval } = estimate;
  if (interval === null) return '';
  return ` (${confidenceText(estimate)} interval ${percent(interval.low)} to ${percent(interval.high)})`;
}

function mostText(found: readonly ComparedRow[], comparison: ResultComparison): string {
  const sizeOf = (row: ComparedRow) =>
    Math.abs(Math.log1p(decisive(row, comparison).estimate?.gain ?? 0));
  const [most] = [...found].sort((a, b) => sizeOf(b) - sizeOf(a));
  if (most === undefined) return '';
  const { estimate } = decisive(most, comparison);
  return `${subjectName(most.subject)}${estimate === null ? '' : ` ${gainText(estimate)}`}`;
}

/** ` 2 others: 1 equivalent within ±5.0 %, 1 inconclusive (could have missed up to 8.1 %).` */
function restText(comparison: ResultComparison): string {
  const { rows, delta } = comparison;
  const of = (kind: Verdict['kind']) =>
    rows.filter((row) => decisive(row, comparison).kind === kind);
  const missed = of('inconclusive').flatMap(
    (row) => decisive(row, comparison).estimate?.minimumDetectable ?? [],
  );
  const unseen =
    missed.length === 0
      ? ''
      : ` (could have missed a change of up to ${magnitude(Math.max(...missed))})`;
  const parts = [
    ...(of('equivalent').length === 0
      ? []
      : [`${count(of('equivalent').length)} equivalent within ±${magnitude(delta)}`]),
    ...(of('inconclusive').length === 0
      ? []
      : [`${count(of('inconclusive').length)} inconclusive${unseen}`]),
    ...(of('ineligible').length === 0 ? [] : [`${count(of('ineligible').length)} ineligible`]),
    ...(of('not-judged').length === 0 ? [] : [`${count(of('not-judged').length)} not judged`]),
  ];
  return parts.length === 0 ? '' : ` ${capitalised(parts.join(', '))}.`;
}
