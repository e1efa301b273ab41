import type { Caution, Verdict } from '../model/comparison.js';
import type { Configuration } from '../model/configuration.js';
import type { RunRecord } from '../model/run-record.js';
import { decide, type Orientation } from '../stats/decide.js';
import type { DecisionRule } from '../stats/paired-estimate.js';
import {
  failuresOf,
  isSucceeded,
  latencyOf,
  logInBlock,
  logOfTrial,
  throughputOf,
  trialsOfConfiguration,
  type Figure,
} from './trial-figures.js';

/** A configuration that fails in so many blocks is out, and its failures are the result. */
const failuresThatDecide = 2;
/** A share of rows dropped that is so much above the baseline's is another result, not a faster one. */
const droppedShare = 0.001;

export interface Judgement {
  readonly throughput: Verdict;
  readonly latency: Verdict;
}

/** The rule that a run's verdicts follow: declared in the experiment, before any trial. */
export function decisionRule(run: RunRecord): DecisionRule {
  return { alpha: 0.05, delta: run.experiment.stopping.delta };
}

/** The verdicts about every configuration but the baseline, by configuration id. */
export function judgeRun(run: RunRecord): Map<string, Judgement> {
  const { configurations } = run.plan;
  const candidates = configurations.filter((one) => !one.isBaseline && one.control === undefined);
  const out = new Map(candidates.map((one) => [one.id, whyIneligible(run, one)] as const));
  const eligible = candidates.filter((one) => out.get(one.id) === undefined);
  const throughput = judge(run, eligible, { figure: throughputOf, orientation: 'more-is-better' });
  const latency = judge(run, eligible, { figure: latencyOf, orientation: 'less-is-better' });
  const judgements = new Map<string, Judgement>();
  for (const [index, { id }] of eligible.entries()) {
    const [first, second] = [throughput[index], latency[index]];
    if (first !== undefined && second !== undefined)
      judgements.set(id, { throughput: first, latency: second });
  }
  for (const [id, caution] of out) {
    if (caution === undefined) continue;
    const verdict = {
      kind: 'ineligible',
      estimate: null,
      adjustedP: null,
      cautions: [caution],
    } as const;
    judgements.set(id, { throughput: verdict, latency: verdict });
  }
  const aa = judgeAgain(run);
  if (aa !== undefined) judgements.set('aa', aa);
  return judgements;
}

function judge(
  run: RunRecord,
  candidates: readonly Configuration[],
  { figure, orientation }: { readonly figure: Figure; readonly orientation: Orientation },
): Verdict[] {
  const samples = candidates.map((candidate) => differences(run, candidate, figure));
  return decide(samples, decisionRule(run), orientation).map((verdict, index) => {
    const candidate = candidates[index];
    const failed =
      candidate === undefined ? 0 : failuresOf(trialsOfConfiguration(run, candidate)).length;
    if (failed === 0) return verdict;
    const caution = { kind: 'failed-trials', trials: failed } as const;
    return { ...verdict, cautions: [...verdict.cautions, caution] };
  });
}

/** ln candidate − ln baseline, for each block that holds both. */
function differences(run: RunRecord, candidate: Configuration, figure: Figure): number[] {
  const baseline = run.plan.configurations.find((one) => one.isBaseline);
  if (baseline === undefined) return [];
  return run.plan.blocks.flatMap(({ number: block }) => {
    const log = logInBlock(run, { configuration: candidate, block, figure });
    const reference = logInBlock(run, { configuration: baseline, block, figure });
    return log === null || reference === null ? [] : [log - reference];
  });
}

/** The baseline against itself. It is a control and no claim, so it stays out of Holm's family. */
function judgeAgain(run: RunRecord): Judgement | undefined {
  const baseline = run.plan.configurations.find((one) => one.isBaseline);
  const again = run.plan.configurations.find((one) => one.control === 'aa');
  if (baseline === undefined || again === undefined) return undefined;
  const verdictOf = (figure: Figure, orientation: Orientation) => {
    const sample = run.plan.blocks.flatMap(({ number: block }) => {
      const first = logOfTrial(run, { configuration: baseline, block, figure });
      const second = logOfTrial(run, { configuration: again, block, figure });
      return first === null || second === null ? [] : [second - first];
    });
    return decide([sample], decisionRule(run), orientation)[0];
  };
  const throughput = verdictOf(throughputOf, 'more-is-better');
  const latency = verdictOf(latencyOf, 'less-is-better');
  return throughput === undefined || latency === undefined ? undefined : { throughput, latency };
}

function whyIneligible(run: RunRecord, candidate: Configuration): Caution | undefined {
  const failures = failuresOf(trialsOfConfiguration(run, candidate));
  const decisive = failures.filter(({ outcome }) => outcome.kind !== 'canceled');
  const blocks = new Set(decisive.map((record) => record.trial.block)).size;
  if (blocks >= failuresThatDecide) return { kind: 'failed-blocks', blocks };
  const share = sharesDropped(run, (configuration) => configuration.id === candidate.id);
  const baselineShare = sharesDropped(run, (one) => one.isBaseline || one.control === 'aa');
  return share > baselineShare + droppedShare
    ? { kind: 'dropped-data', share, baselineShare }
    : undefined;
}

/** Rows dropped by the watermark per row read, over the succeeded trials. */
function sharesDropped(run: RunRecord, wanted: (configuration: Configuration) => boolean): number {
  const found = run.trials
    .filter((record) => isSucceeded(record) && wanted(record.trial.configuration))
    .map((record) => record.measurement)
    .filter((measurement) => measurement !== null);
  const dropped = found.reduce((sum, measurement) => sum + measurement.droppedByWatermark, 0);
  const read = found.reduce((sum, measurement) => sum + measurement.inputRows, 0);
  return read === 0 ? 0 : dropped / read;
}
