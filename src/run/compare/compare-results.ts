import { compareLogs } from '../../analysis/compare/compare-logs.js';
import { compareConfigurations, compareRuns } from '../../analysis/compare/compare-runs.js';
import { nextComparison } from '../../analysis/compare/next-comparison.js';
import { HarnessError } from '../../model/harness-error.js';
import type {
  ComparedResults,
  ResultComparison,
  SideDifference,
} from '../../model/compare/result-comparison.js';
import type { ReadSide } from './read-side.js';

interface Sides {
  readonly before: ReadSide;
  readonly after: ReadSide;
}

/**
 * Compares two sides that were read. Throws NOT_COMPARABLE where they have nothing in common, and where a row of one is
 * other work than a row of the other, unless that is forced.
 */
export function compareResults(
  sides: Sides,
  { force }: { readonly force: boolean },
): ComparedResults {
  const comparison = comparisonOf(sides);
  const differing = comparison.differences.filter(({ changesMeaning }) => changesMeaning);
  if (differing.some(({ what }) => what === 'mode')) throw otherWork(differing, 'never');
  if (differing.length > 0 && !force) throw otherWork(differing, 'unless forced');
  if (comparison.rows.length === 0) throw nothingShared(sides);
  return { ...comparison, next: nextComparison(comparison) };
}

function comparisonOf({ before, after }: Sides): ResultComparison {
  if (before.kind === 'logs' && after.kind === 'logs') return compareLogs(before, after);
  if (before.kind === 'logs' || after.kind === 'logs') throw mixed();
  const [one, other] = [before.configuration, after.configuration];
  const isOneRun = before.run.manifest.runId === after.run.manifest.runId;
  if (one !== undefined && other !== undefined) {
    if (isOneRun && one.id === other.id) throw sameTwice(before.name);
    return compareConfigurations({
      before: { ...before, configuration: one },
      after: { ...after, configuration: other },
    });
  }
  if (one !== undefined || other !== undefined) throw halfNamed();
  if (isOneRun) throw sameTwice(before.name);
  return compareRuns({ before, after });
}

function refusal(message: string, hint: string): HarnessError {
  return new HarnessError({ code: 'NOT_COMPARABLE', message, hint });
}

function otherWork(
  differing: readonly SideDifference[],
  when: 'never' | 'unless forced',
): HarnessError {
  const found = differing.map(({ what, key, before, after }) => {
    const name = what === 'setting' ? (key ?? what) : `the ${what}`;
    return `${name}: ${before}, then ${after}`;
  });
  return refusal(
    `The two differ in what a row costs, so their rates say nothing together:\n${found.join('\n')}.`,
    when === 'never'
      ? 'What decides is throughput in one mode, and latency in the other: run both in the same mode.'
      : 'Run both with the same data and job, or compare anyway with --force; the result says so.',
  );
}

function nothingShared({ before, after }: Sides): HarnessError {
  const what = before.kind === 'logs' ? 'query' : 'configuration';
  return refusal(
    `${before.name} and ${after.name} have no ${what} in common.`,
    before.kind === 'logs'
      ? 'Queries are matched by name (writeStream.queryName); import shows the names in a log.'
      : 'Name one of each: streamtune compare RUN#baseline OTHER#c1',
  );
}

function sameTwice(name: string): HarnessError {
  return refusal(
    `${name} is named twice, and is the same as itself.`,
    'Name two runs, or two configurations of one: streamtune compare latest#baseline latest#c1',
  );
}

function halfNamed(): HarnessError {
  return refusal(
    'Only one of the two names a configuration.',
    'Name one on both sides, or two whole runs: streamtune compare RUN#c1 OTHER#c1',
  );
}

function mixed(): HarnessError {
  return refusal(
    'One side is a run of an experiment, the other a log: their trials were not measured alike.',
    'Compare two runs, or two groups of logs; a trial of a run is a log too: results/RUN/trials/ID',
  );
}
