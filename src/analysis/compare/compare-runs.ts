import type { Caution, Judgement } from '../../model/run/comparison.js';
import type { Configuration } from '../../model/configuration.js';
import type {
  ComparedRow,
  ComparedSubject,
  ResultComparison,
} from '../../model/compare/result-comparison.js';
import { aspectsOf } from '../judge/contrast.js';
import { decisionRule } from '../judge/decide-family.js';
import { judgedWithoutTest } from '../judge/eligibility.js';
import { withLostTrials } from '../judge/lost-trials.js';
import { withoutVerdicts } from '../judge/without-verdicts.js';
import { decideRows, type RowSides } from './decide-rows.js';
import { duelOf } from './duel.js';
import { machineSpeed } from './machine-speed.js';
import { runDifferences } from './run-differences.js';
import { figuresOf, openSide, sideOfRun, type OpenedSide, type RunSide } from './run-side.js';
import { sharedConfigurations } from './shared-configurations.js';

/**
 * Compares what two runs share, configuration by configuration, as one family of claims. Nothing is paired: the blocks of
 * two runs were run at different times.
 */
export function compareRuns(given: {
  readonly before: RunSide;
  readonly after: RunSide;
}): ResultComparison {
  const [before, after] = [openSide(given.before), openSide(given.after)];
  const { both, onlyBefore, onlyAfter } = sharedConfigurations(before.run, after.run);
  const { baseline } = before.run.experiment;
  const subject = (configuration: Configuration, { run }: RunSide): ComparedSubject => ({
    ...{ kind: 'same', configuration },
    baseline: run.experiment.baseline,
  });
  const rows = both.map((pair) => ({
    subject: { kind: 'same', configuration: pair.before, baseline } as const,
    before: { side: before, configuration: pair.before },
    after: { side: after, configuration: pair.after },
  }));
  return {
    ...comparisonOf({ before, after }, rows),
    onlyBefore: onlyBefore.map((one) => subject(one, before)),
    onlyAfter: onlyAfter.map((one) => subject(one, after)),
  };
}

/** Compares two configurations: within blocks if they are of the same run, and without pairs otherwise. */
export function compareConfigurations(given: {
  readonly before: RunSide & { readonly configuration: Configuration };
  readonly after: RunSide & { readonly configuration: Configuration };
}): ResultComparison {
  const [before, after] = [openSide(given.before), openSide(given.after)];
  const { baseline } = before.run.experiment;
  const [one, other] = [given.before.configuration, given.after.configuration];
  const subject: ComparedSubject = { kind: 'pair', before: one, after: other, baseline };
  const row = {
    subject,
    before: { side: before, configuration: one },
    after: { side: after, configuration: other },
  };
  return { ...comparisonOf({ before, after }, [row]), onlyBefore: [], onlyAfter: [] };
}

interface Sides {
  readonly before: OpenedSide;
  readonly after: OpenedSide;
}

function comparisonOf(
  { before, after }: Sides,
  rows: readonly (RowSides & Pick<ComparedRow, 'subject'>)[],
) {
  const isOneRun = before.run.manifest.runId === after.run.manifest.runId;
  const undecided = before.isJudged && after.isJudged ? null : ('unfinished' as const);
  const judgements = judgeRows(rows, undecided !== null);
  const [rule, other] = [decisionRule(before.run), decisionRule(after.run)];
  return {
    before: sideOfRun(before),
    after: sideOfRun(after),
    how: isOneRun ? ('paired' as const) : ('unpaired' as const),
    figure: aspectsOf(before.run).decisive.name,
    alpha: Math.min(rule.alpha, other.alpha),
    delta: rule.delta,
    differences: isOneRun ? [] : runDifferences(before.run, after.run),
    rows: rows.flatMap((row, index): ComparedRow[] => {
      const judgement = judgements[index];
      if (judgement === undefined) return [];
      const figures = (which: 'before' | 'after') =>
        figuresOf(row[which].side, row[which].configuration);
      return [
        { subject: row.subject, before: figures('before'), after: figures('after'), ...judgement },
      ];
    }),
    hoursApart: isOneRun ? null : hoursBetween(before, after),
    slowerMachine: isOneRun ? null : machineSpeed(before.table, after.table),
    undecided,
  };
}

function hoursBetween(before: RunSide, after: RunSide): number {
  const startOf = ({ run }: RunSide) => Date.parse(run.manifest.startedAt);
  return Math.abs(startOf(after) - startOf(before)) / 3_600_000;
}

/** Who failed or did other work is judged without a test, as in a run; the others are one family. */
function judgeRows(rows: readonly RowSides[], isUnfinished: boolean): Judgement[] {
  const duels = rows.map(({ before, after }) => duelOf(before, after));
  const settled = duels.map(({ table, changed }) => judgedWithoutTest(table, changed));
  const open = rows.filter((_, index) => settled[index] === undefined);
  const decided = decideRows(open);
  return rows.flatMap((row, index) => {
    const found = settled[index];
    if (found !== undefined) return [found];
    const [judgement, duel] = [decided[open.indexOf(row)], duels[index]];
    if (judgement === undefined || duel === undefined) return [];
    const whole = withLostTrials(duel.table, [duel.changed], judgement);
    const why = leftOut(row) ?? (isUnfinished ? unfinished(row) : undefined);
    if (why === undefined) return [whole];
    return [...withoutVerdicts(new Map([['', whole]]), () => why).values()];
  });
}

function unfinished({ before, after }: RowSides): Caution {
  const last = [before, after].find(({ side }) => !side.isJudged)?.side.run.plan.blocks.length ?? 0;
  return { kind: 'before-look', block: last };
}

/** A screening has blocks of its own, in which the luck of being chosen is. */
function leftOut({ before, after }: RowSides): Caution | undefined {
  const found = [before, after].find(
    ({ side, configuration }) =>
      side.run.plan.screening !== undefined && side.table.trialsOf(configuration.id).length === 0,
  );
  const blocks = found?.side.run.plan.screening?.blocks;
  return blocks === undefined ? undefined : { kind: 'screened-out', blocks };
}
