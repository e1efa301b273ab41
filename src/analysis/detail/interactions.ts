import type { Configuration } from '../../model/configuration.js';
import type { Level } from '../../model/knob.js';
import type { Interaction, Interactions } from '../../model/detail/interaction.js';
import type { TrialHistory } from '../../model/run/run-record.js';
import { mean } from '../../stats/mean.js';
import { baselineSide, sideOf, throughput } from '../judge/contrast.js';
import type { TrialIndex } from '../trial-index.js';

/** What pairs of changes do together, from the blocks in which all four of their configurations count. */
export function interactionsOf(table: TrialIndex): Interactions {
  const { design, factors } = table.run.experiment;
  const varied = factors.filter(({ levels }) => levels.length > 1);
  if (varied.length < 2) return { kind: 'one-factor' };
  if (design.kind === 'one-at-a-time') return { kind: 'one-at-a-time' };
  const cells = cellsOf(table.run);
  const found = cells.flatMap((both) => interactionOf(table, both, cells) ?? []);
  if (found.length === 0) return { kind: 'not-measured' };
  const size = ({ factor }: Interaction) => Math.abs(Math.log(factor));
  return { kind: 'estimated', found: found.sort((a, b) => size(b) - size(a)) };
}

type Changes = ReadonlyMap<string, Level>;

interface Cell {
  readonly configuration: Configuration;
  /** Where it differs from the baseline. */
  readonly changes: Changes;
}

/** Candidates that change one or two factors. */
function cellsOf({ plan, experiment }: TrialHistory): Cell[] {
  return plan.configurations
    .filter(({ role }) => role === 'candidate')
    .map((configuration) => {
      const changes = Object.entries(configuration.levels).filter(
        ([key, level]) => level !== (experiment.baseline[key] ?? null),
      );
      return { configuration, changes: new Map(changes) };
    })
    .filter(({ changes }) => changes.size === 1 || changes.size === 2);
}

function interactionOf(
  table: TrialIndex,
  both: Cell,
  cells: readonly Cell[],
): Interaction | undefined {
  const [one, other] = [...both.changes];
  if (one === undefined || other === undefined) return undefined;
  const alone = ([key, level]: readonly [string, Level]) =>
    cells.find(
      ({ changes }) => changes.size === 1 && changes.get(key) === level && changes.has(key),
    )?.configuration;
  const [first, second] = [alone(one), alone(other)];
  if (first === undefined || second === undefined) return undefined;
  const blocks = blocksOf(table, { first, second, both: both.configuration });
  if (blocks.length === 0) return undefined;
  const factors = blocks.map((b) => Math.exp(b.both - b.first - b.second + b.neither));
  const middle = (side: keyof BlockLogs) => Math.exp(mean(blocks.map((block) => block[side])));
  return {
    first: changeOf(table.run, one),
    second: changeOf(table.run, other),
    factor: Math.exp(mean(factors.map((factor) => Math.log(factor)))),
    range: { low: Math.min(...factors), high: Math.max(...factors) },
    blocks: blocks.length,
    rowsPerSecond: {
      neither: middle('neither'),
      first: middle('first'),
      second: middle('second'),
      both: middle('both'),
    },
  };
}

/** Logs of rows per second in one block. */
type BlockLogs = Readonly<Record<'neither' | 'first' | 'second' | 'both', number>>;

function blocksOf(
  table: TrialIndex,
  cells: Readonly<Record<'first' | 'second' | 'both', Configuration>>,
): BlockLogs[] {
  return table.run.plan.blocks.flatMap(({ number: block }) => {
    const log = (side: readonly Configuration[]) =>
      sideOf(table, side, { block, aspect: throughput })?.log;
    const neither = log(baselineSide(table.run));
    const [first, second, both] = [log([cells.first]), log([cells.second]), log([cells.both])];
    const isWhole =
      neither !== undefined && first !== undefined && second !== undefined && both !== undefined;
    return isWhole ? [{ neither, first, second, both }] : [];
  });
}

function changeOf({ experiment }: TrialHistory, [key, level]: readonly [string, Level]) {
  return { key, level, baselineLevel: experiment.baseline[key] ?? null };
}
