import { isClaim, type Judgement, type Verdict } from '../../model/run/comparison.js';
import type { Configuration } from '../../model/configuration.js';
import { aspectsOf, baselineSide } from './contrast.js';
import { decideFamily, type Comparison } from './decide-family.js';
import { judgedWithoutTest } from './eligibility.js';
import { comparedLevels, isMainEffect, levelName, type LevelContrasts } from './level-contrasts.js';
import { withLostTrials } from './lost-trials.js';
import type { TrialIndex } from '../trial-index.js';

/** What has been judged: by configuration id, and by `levelName` for main effects. */
export interface Judged {
  readonly configurations: ReadonlyMap<string, Judgement>;
  readonly mainEffects: ReadonlyMap<string, Judgement>;
  /** Configurations that no longer run after this block: a look has decided them, or the screening has left them out. */
  readonly stopped: ReadonlyMap<string, number>;
}

export const nothingJudged: Judged = {
  configurations: new Map(),
  mainEffects: new Map(),
  stopped: new Map(),
};

/** Something that the report may claim, with the configurations on which it rests. */
interface Claim {
  readonly of: 'configurations' | 'mainEffects';
  readonly name: string;
  readonly rests: readonly Configuration[];
  readonly comparison: Comparison;
}

/**
 * Judges every candidate, and every main effect of a grid, from the trials in the table, which are those up to the block
 * `look`: nothing that happens later can change a look. What an earlier look has decided stands.
 */
export function judgeLook(table: TrialIndex, earlier: Judged, look: number): Judged {
  const settled = settledAt(table, earlier);
  const isCompared = ({ id, role }: Configuration) =>
    role !== 'candidate' || !isOut(settled.get(id));
  const claims: Claim[] = [
    ...candidatesOf(table)
      .filter(isCompared)
      .map((one) => ofCandidate(table, one, { settled, look })),
    ...comparedLevels(table.run, isCompared)
      .filter(isMainEffect)
      .map((level) => ofMainEffect(level, { earlier, look })),
  ];
  const judgements = decideFamily(
    table,
    claims.map(({ comparison }) => comparison),
  );
  const found = { configurations: new Map(settled), mainEffects: new Map<string, Judgement>() };
  for (const [index, { of, name, rests, comparison }] of claims.entries()) {
    const judgement = judgements[index];
    if (judgement === undefined) continue;
    const isNew = comparison.earlier === undefined;
    found[of].set(name, isNew ? withLostTrials(table, rests, judgement) : judgement);
  }
  return { ...found, stopped: stoppedBy(table, found.configurations, { earlier, look }) };
}

function candidatesOf({ run }: TrialIndex): Configuration[] {
  return run.plan.configurations.filter(({ role }) => role === 'candidate');
}

/** What needs no test at this look: earlier decisions, and configurations that cannot be compared. */
function settledAt(table: TrialIndex, earlier: Judged): Map<string, Judgement> {
  const settled = new Map<string, Judgement>();
  for (const candidate of candidatesOf(table)) {
    const stands = earlier.stopped.has(candidate.id)
      ? earlier.configurations.get(candidate.id)
      : undefined;
    const found = stands ?? judgedWithoutTest(table, candidate);
    if (found !== undefined) settled.set(candidate.id, found);
  }
  return settled;
}

function isOut(judgement: Judgement | undefined): boolean {
  const kind = judgement?.throughput.kind;
  return kind === 'ineligible' || kind === 'inert';
}

interface Look {
  readonly look: number;
}

function ofCandidate(
  { run }: TrialIndex,
  candidate: Configuration,
  { settled, look }: Look & { readonly settled: ReadonlyMap<string, Judgement> },
): Claim {
  const contrasts = [{ changed: [candidate], reference: baselineSide(run) }];
  return {
    of: 'configurations',
    name: candidate.id,
    rests: [candidate],
    comparison: { contrasts, upTo: look, earlier: settled.get(candidate.id) },
  };
}

/** A cell that was decided no longer runs; blocks in which the others go on without it would mix cells. */
function ofMainEffect(
  level: LevelContrasts,
  { earlier, look }: Look & { readonly earlier: Judged },
): Claim {
  const rests = level.contrasts.flatMap(({ changed, reference }) => [...changed, ...reference]);
  const stops = rests.map(({ id }) => earlier.stopped.get(id) ?? look);
  return {
    of: 'mainEffects',
    name: levelName(level),
    rests: rests.filter(({ role }) => role === 'candidate'),
    comparison: {
      contrasts: level.contrasts,
      upTo: Math.min(look, ...stops),
      earlier: claimed(earlier.mainEffects.get(levelName(level))),
    },
  };
}

function claimed(judgement: Judgement | undefined): Judgement | undefined {
  const kinds = [judgement?.throughput.kind, judgement?.latency.kind];
  return kinds.some(isClaim) ? judgement : undefined;
}

function stoppedBy(
  { run }: TrialIndex,
  judgements: ReadonlyMap<string, Judgement>,
  { earlier, look }: Look & { readonly earlier: Judged },
): Map<string, number> {
  const stopped = new Map(earlier.stopped);
  const { decisive } = aspectsOf(run);
  for (const [id, judgement] of judgements) {
    if (!stopped.has(id) && isDecided(judgement[decisive.name])) stopped.set(id, look);
  }
  return stopped;
}

/** Better, worse, equivalent, not worth it, ineligible or inert: further blocks would not change the claim. */
function isDecided({ kind }: Verdict): boolean {
  return kind !== 'inconclusive' && kind !== 'not-judged';
}
