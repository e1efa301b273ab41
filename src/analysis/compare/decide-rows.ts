import type { Judgement } from '../../model/run/comparison.js';
import { decide } from '../../stats/decide.js';
import type { Figure } from '../../stats/verdict-of.js';
import { aspectsOf, sideOf, type Aspect } from '../judge/contrast.js';
import { decideFamily, decisionRule } from '../judge/decide-family.js';
import type { DuelSide } from './duel.js';
import { configurationSide } from './run-side.js';

/** The two sides of a row. */
export interface RowSides {
  readonly before: DuelSide;
  readonly after: DuelSide;
}

/** Decides all rows as one family, within blocks where both sides are of one run. In input order. */
export function decideRows(rows: readonly RowSides[]): Judgement[] {
  const [first] = rows;
  if (first === undefined) return [];
  const isOneRun = first.before.side.run.manifest.runId === first.after.side.run.manifest.runId;
  return isOneRun ? inBlocks(rows, first.before) : withoutBlocks(rows, first);
}

/** As a run decides on its own configurations, the correction for the canary included. */
function inBlocks(rows: readonly RowSides[], { side: { table } }: DuelSide): Judgement[] {
  const membersOf = ({ side, configuration }: DuelSide) => configurationSide(side, configuration);
  return decideFamily(
    table,
    rows.map(({ before, after }) => ({
      contrasts: [{ changed: membersOf(after), reference: membersOf(before) }],
      ...{ upTo: Infinity, earlier: undefined },
    })),
  );
}

/** The larger caution of the two runs decides how much error is left. */
function withoutBlocks(rows: readonly RowSides[], { before, after }: RowSides): Judgement[] {
  const [rule, other] = [decisionRule(before.side.run), decisionRule(after.side.run)];
  const { decisive, secondary } = aspectsOf(before.side.run);
  const figureOf = (aspect: Aspect): Figure => ({
    orientation: aspect.orientation,
    samples: rows.map((row) => ({
      changed: logsOf(row.after, aspect),
      reference: logsOf(row.before, aspect),
    })),
  });
  const family = {
    ...{ first: figureOf(decisive), second: figureOf(secondary) },
    earlier: rows.map(() => undefined),
  };
  const { delta } = rule;
  return decide(family, { delta, alpha: Math.min(rule.alpha, other.alpha) }).map(
    ({ first, second }) =>
      decisive.name === 'throughput'
        ? { throughput: first, latency: second }
        : { throughput: second, latency: first },
  );
}

/** A value for each block, since the baseline's two trials in a block are no independent ones. */
function logsOf({ side, configuration }: DuelSide, aspect: Aspect): number[] {
  const members = configurationSide(side, configuration);
  return side.run.plan.blocks.flatMap(({ number: block }) => {
    const found = sideOf(side.table, members, { block, aspect });
    return found === null ? [] : [found.log];
  });
}
