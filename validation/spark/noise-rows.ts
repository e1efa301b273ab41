import { indexTrials } from '../../src/analysis/trial-index.js';
import type { ReportModel } from '../../src/model/run/report-model.js';
import type { EndedTrial } from '../../src/model/trial/ended-trial.js';
import { mean } from '../../src/stats/mean.js';
import { estimatePairs } from '../../src/stats/paired-estimate.js';
import { gainText, magnitude, plural } from '../../src/report/words/wording.js';
import { controlFigure } from './figures.js';
import type { ValidationRow } from '../write-table.js';

/** What real trials are like: the A/A control, their noise, their skewness, failures, and what the canary sees. */
export function noiseRows(model: ReportModel, kind: string): ValidationRow[] {
  const { control, blocks, canary } = model.sensitivity;
  const logs = residuals(model);
  const sd = Math.sqrt(mean(logs.map((one) => one ** 2)));
  const skewness = mean(logs.map((one) => (one / sd) ** 3));
  const { trials } = model.run;
  const failed = trials.filter(({ outcome }) => outcome.kind !== 'succeeded').length;
  const correlation = canary?.correlation ?? null;
  return [
    {
      id: 'A/A',
      what: `the baseline against itself, ${String(blocks)} blocks of ${kind}`,
      limit: 'passed',
      figure: controlFigure(control),
      ok: control?.result === 'passed',
    },
    published(`noise of ${kind}: sd of ln rows per second around block and configuration`, [
      magnitude(Math.exp(sd) - 1),
      `skewness ${skewness.toFixed(2)} (standard error ${Math.sqrt(6 / logs.length).toFixed(2)})`,
      `${plural(failed, 'trial')} of ${String(trials.length)} did not count`,
    ]),
    published(`what the canary sees of it, ${kind}`, [
      correlation === null
        ? 'no reading'
        : `ρ ${correlation.toFixed(2)}, which leaves 1 − ρ² = ${magnitude(1 - correlation ** 2)} of the variance`,
    ]),
  ];
}

/** The baseline after itself against the baseline after something else, in the blocks that have one of each. */
export function carryOverRow(model: ReportModel): ValidationRow {
  const differences: number[] = [];
  const { trials } = model.run;
  for (const [index, later] of trials.entries()) {
    const pair = [later, trials[index - 1]].filter(isOfBaseline);
    if (pair.length < 2 || pair[0]?.trial.block !== pair[1]?.trial.block) continue;
    const first = index - 1;
    const before = trials[first - 1];
    if (before === undefined || isOfBaseline(before)) continue;
    const [after, other] = [logOf(later), logOf(trials[first])];
    if (after !== null && other !== null) differences.push(after - other);
  }
  const estimate = estimatePairs({ differences }, { alpha: 0.05, delta: 0.05 });
  return {
    id: 'order',
    what: 'the baseline right after itself, against right after a configuration with 20 partitions',
    limit: 'published',
    figure:
      estimate === undefined
        ? 'not met'
        : `${gainText(estimate)} in ${plural(estimate.blocks, 'block')}`,
    ok: estimate !== undefined,
  };
}

function isOfBaseline(one: EndedTrial | undefined): one is EndedTrial {
  return one !== undefined && one.trial.configuration.role !== 'candidate';
}

function logOf(one: EndedTrial | undefined): number | null {
  const rate = one?.measurement?.rowsPerSecond ?? null;
  return rate === null || rate <= 0 ? null : Math.log(rate);
}

/** Logs of rows per second without the means of their block and their configuration. */
function residuals({ run }: ReportModel): number[] {
  const { trialsOf } = indexTrials(run);
  const cells = run.plan.configurations.flatMap(({ id }) =>
    trialsOf(id).flatMap((one) => {
      const log = logOf(one);
      return log === null ? [] : [{ id, block: one.trial.block, log }];
    }),
  );
  const overall = mean(cells.map(({ log }) => log));
  const meanOf = (of: (cell: (typeof cells)[number]) => boolean) =>
    mean(cells.filter(of).map(({ log }) => log));
  return cells.map(
    ({ id, block, log }) =>
      log - meanOf((one) => one.id === id) - meanOf((one) => one.block === block) + overall,
  );
}

function published(what: string, figures: readonly string[]): ValidationRow {
  return { id: 'noise', what, limit: 'published', figure: figures.join('; '), ok: true };
}
