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
import { overlap } from './rank-levels.js';
import type { Screened } from './judge/screening.js';

/** A candidate with the verdict that decides on it. */
interface Judged {
  readonly row: ConfigurationRow;
  readonly verdict: Verdict;
}

/** The answer of a run, from the verdicts on its configurations and on its control. */
export function conclude(
  run: TrialHistory,
  rows: readonly ConfigurationRow[],
  {
    control,
    screened,
  }: { readonly control: Control | null; readonly screened: Screened | undefined },
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
    answer: answerOf(judged, figure, screened),
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

function answerOf(
  all: readonly Judged[],
  figure: DecisiveFigure,
  screened: Screened | undefined,
): Answer {
  const judged = all.filter(({ verdict }) => verdict.kind !== 'inert' && !isScreenedOut(verdict));
  if (judged.length === 0) return { kind: 'nothing-to-compare' };
  const best = winnerOf(judged, figure);
  if (best !== undefined)
    return { kind: 'better', best: { ...best, confirmed: screened !== undefined } };
  const open = judged.filter(({ verdict: { kind } }) =>
    ['inconclusive', 'not-judged'].includes(kind),
  );
  const changes = open
    .filter(({ verdict: { kind } }) => kind === 'inconclusive')
    .flatMap(({ verdict }) => verdict.estimate?.minimumDetectable ?? []);
  if (open.length === judged.length && changes.length === 0) return undecided(judged, screened);
  return { kind: 'none-better', unseen: changes.length === 0 ? null : Math.max(...changes) };
}

function isScreenedOut({ cautions }: Verdict): boolean {
  return cautions.some(({ kind }) => kind === 'screened-out');
}

/** What the screening has chosen, if it is over. */
function undecided(judged: readonly Judged[], screened: Screened | undefined): Answer {
  const best = screened?.isOver === true ? screened.kept[0] : undefined;
  const row = judged.find(({ row: { configuration } }) => configuration.id === best?.id);
  const estimate = row?.verdict.estimate ?? null;
  if (best === undefined || estimate === null) return { kind: 'too-early' };
  return { kind: 'screened', best, estimate };
}

function winnerOf(
  judged: readonly Judged[],
  figure: DecisiveFigure,
): Omit<Winner, 'confirmed'> | undefined {
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
