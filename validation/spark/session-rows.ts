import type { LevelEffect, ReportModel } from '../../src/model/run/report-model.js';
import { isClaim, type Verdict } from '../../src/model/run/comparison.js';
import { mean } from '../../src/stats/mean.js';
import { meanWithInterval } from '../../src/stats/mean-with-interval.js';
import { percent } from '../../src/report/words/wording.js';
import { delayedBy, holds } from './delayed-job.js';
import { verdictFigure } from './figures.js';
import type { ValidationRow } from '../write-table.js';

/** Keys that nothing in the job reads, or that Spark leaves alone in a stateful query. */
const inert: ReadonlySet<string> = new Set([
  'source.kafka.metrics.sample.window.ms',
  'spark.sql.adaptive.enabled',
]);

/**
 * Whether sessions and cold trials agree on each factor: in percent and in the time of a batch, their intervals overlap; what
 * both claim has the same sign, and neither claims anything of a factor that can have no effect. The same time is more percent
 * of the shorter batch of a warm JVM. The last row says what a trial of each took.
 */
export function sessionRows(cold: ReportModel, session: ReportModel): ValidationRow[] {
  const factors = cold.effects.map((effect) => {
    const other = session.effects.find(({ key }) => key === effect.key);
    return factorRow(effect, other);
  });
  const times = cold.effects.map(({ key }) => timeRow(key, cold, session));
  return [...factors, ...times, ...[cold, session].map(delayRow), costRow(cold, session)];
}

/** The key by which the delay is planted, and its milliseconds, as in validation/spark/session.yaml. */
const delay = { key: 'source.kafka.client.rack', ms: 60 } as const;

/** Whether the interval of the planted delay holds its true effect. */
function delayRow(model: ReportModel, index: number): ValidationRow {
  const truth = delayedBy(model, delay.ms);
  const verdict = model.effects.find(({ key }) => key === delay.key)?.throughput;
  return {
    id: 'V19',
    what: `${String(delay.ms)} ms more in each batch, ${index === 0 ? 'cold' : 'in sessions'}: the truth is ${percent(truth)}`,
    limit: 'the interval holds the truth',
    figure: verdictFigure(verdict),
    ok: verdict !== undefined && holds(verdict, truth),
  };
}

function factorRow(
  { key, throughput }: LevelEffect,
  other: LevelEffect | undefined,
): ValidationRow {
  const [one, two] = [throughput, other?.throughput];
  const isInert = inert.has(key);
  return {
    id: 'V19',
    what: `${key}, cold and in sessions`,
    limit: isInert ? 'no claim in either' : 'intervals overlap, claims have the same sign',
    figure: `${verdictFigure(one)}; ${verdictFigure(two)}`,
    ok:
      two !== undefined &&
      (isInert ? ![one, two].some(({ kind }) => isClaim(kind)) : agree(one, two)),
  };
}

/** Records in a batch of the baseline, as in validation/spark/session.yaml. */
const batchRecords = 4_000;

function timeRow(key: string, cold: ReportModel, session: ReportModel): ValidationRow {
  const [one, two] = [addedMs(cold, key), addedMs(session, key)];
  return {
    id: 'V19',
    what: `${key}, ms more for ${String(batchRecords)} records, cold and in sessions`,
    limit: 'intervals overlap',
    figure: `${msFigure(one)}; ${msFigure(two)}`,
    ok: one !== undefined && two !== undefined && overlap(one, two),
  };
}

type Added = ReturnType<typeof meanWithInterval>;

/** What a level adds to the time of so many records: the mean over the blocks of its difference from the baseline. */
function addedMs({ effects, run: { trials } }: ReportModel, key: string): Added {
  const effect = effects.find((one) => one.key === key);
  const msIn = (block: number, ids: readonly string[] = []) =>
    trials.flatMap(({ trial, measurement }) =>
      trial.block === block && ids.includes(trial.id) && measurement !== null
        ? [(1_000 * batchRecords) / (measurement.rowsPerSecond ?? NaN)]
        : [],
    );
  const blocks = [...new Set(trials.map(({ trial }) => trial.block))];
  const differences = blocks.flatMap((block) => {
    const [level, baseline] = [
      msIn(block, effect?.trialIds),
      msIn(block, effect?.baselineTrialIds),
    ];
    return level.length > 0 && baseline.length > 0 ? [mean(level) - mean(baseline)] : [];
  });
  return meanWithInterval(differences, 0.05);
}

function msFigure(added: Added): string {
  if (added === undefined) return 'not known';
  const [middle, low, high] = [added.mean, added.low, added.high].map((ms) => signed(ms));
  return `${String(middle)} (${String(low)} to ${String(high)})`;
}

/** Whole milliseconds, with a sign. */
function signed(ms: number): string {
  const whole = Math.round(ms);
  return `${whole < 0 ? '−' : '+'}${String(Math.abs(whole))}`;
}

const overlap = (one: Range, two: Range) => one.low <= two.high && two.low <= one.high;

type Range = Readonly<Record<'low' | 'high', number>>;

function agree(one: Verdict, two: Verdict): boolean {
  const [first, second] = [one.estimate, two.estimate];
  if (first === null || second === null) return false;
  const { interval: a } = first;
  const { interval: b } = second;
  if (a === null || b === null) return false;
  const isSame = !isClaim(one.kind) || !isClaim(two.kind) || one.kind === two.kind;
  return overlap(a, b) && isSame;
}

function costRow(cold: ReportModel, session: ReportModel): ValidationRow {
  const seconds = ({ run }: ReportModel) => mean(run.trials.map(({ wallMs }) => wallMs)) / 1_000;
  const [one, two] = [seconds(cold), seconds(session)];
  const noise = ({ sensitivity }: ReportModel) =>
    sensitivity.sd === null ? 'not known' : `${(100 * sensitivity.sd).toFixed(1)} %`;
  return {
    id: 'V19',
    what: 'seconds of a trial, and noise between blocks, cold and in sessions',
    limit: 'published',
    figure: `${one.toFixed(1)} and ${two.toFixed(1)}; ${noise(cold)} and ${noise(session)}`,
    ok: Number.isFinite(one) && Number.isFinite(two),
  };
}
