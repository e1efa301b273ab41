import {
  verdictKinds,
  type Control,
  type Verdict,
  type VerdictKind,
} from '../model/run/comparison.js';
import type { Answer, Conclusion, DecisiveFigure, Winner } from '../model/run/conclusion.js';
import type { ConfigurationRow } from '../model/run/report-model.js';
import type { TrialHistory } from '../model/run/run-record.js';
import { aspectsOf } from './judge/contrast.js';

/** A candidate with the verdict that decides on it. */
interface Judged {
  readonly row: ConfigurationRow;
  readonly verdict: Verdict;
}

/** The answer of a run, from the verdicts on its configurations and on its control. */
export function conclude(
  run: TrialHistory,
  rows: readonly ConfigurationRow[],
  control: Control | null,
): Conclusion {
  const figure = aspectsOf(run).decisive.name;
  const judged = rows
    .filter(({ configuration }) => configuration.role === 'candidate')
    .flatMap((row) => {
      const verdict = row[figure];
      return verdict === null ? [] : [{ row, verdict }];
    });
  return {
    figure,
    verdicts: countKinds(judged),
    controlFailed: control?.result === 'failed',
    answer: answerOf(judged, figure),
  };
}

function countKinds(judged: readonly Judged[]): Record<VerdictKind, number> {
  const found = (wanted: VerdictKind) =>
    judged.filter(({ verdict: { kind } }) => kind === wanted).length;
  return Object.fromEntries(verdictKinds.map((kind) => [kind, found(kind)])) as Record<
    VerdictKind,
    number
  >;
}

function answerOf(all: readonly Judged[], figure: DecisiveFigure): Answer {
  const judged = all.filter(({ verdict }) => verdict.kind !== 'inert');
  if (judged.length === 0) return { kind: 'nothing-to-compare' };
  const best = winnerOf(judged, figure);
  if (best !== undefined) return { kind: 'better', best };
  const open = judged.filter(({ verdict: { kind } }) =>
    ['inconclusive', 'not-judged'].includes(kind),
  );
  const changes = open
    .filter(({ verdict: { kind } }) => kind === 'inconclusive')
    .flatMap(({ verdict }) => verdict.estimate?.minimumDetectable ?? []);
  if (open.length === judged.length && changes.length === 0) return { kind: 'too-early' };
  return { kind: 'none-better', unseen: changes.length === 0 ? null : Math.max(...changes) };
}

function winnerOf(judged: readonly Judged[], figure: DecisiveFigure): Winner | undefined {
  const sign = figure === 'throughput' ? 1 : -1;
  const ranked = judged
    .filter(({ verdict }) => verdict.kind === 'better')
    .flatMap(({ row, verdict: { estimate, cautions } }) =>
      estimate === null ? [] : [{ row, estimate, cautions }],
    )
    .sort((a, b) => sign * (b.estimate.gain - a.estimate.gain));
  const [first, second] = ranked;
  if (first === undefined) return undefined;
  return {
    configuration: first.row.configuration,
    estimate: first.estimate,
    cautions: first.cautions,
    latency: first.row.latency?.kind ?? 'inconclusive',
    tied: overlap(first.estimate.interval, second?.estimate.interval),
  };
}

type Interval = { readonly low: number; readonly high: number } | null | undefined;

function overlap(one: Interval, other: Interval): boolean {
  return one != null && other != null && one.low <= other.high && other.low <= one.high;
}
