import { wantedBatches } from '../../measure/measure-trial.js';
import type { Configuration } from '../../model/configuration.js';
import type { Experiment } from '../../model/experiment.js';
import type { Finding } from '../../model/finding.js';
import type { Level } from '../../model/knob.js';
import { shortList } from '../../model/short-list.js';
import { impossibleText, lateText, riskText } from './batch-texts.js';
import {
  courseOf,
  enoughRecords,
  impossibility,
  plausibleSpeeds,
  startAndEndSeconds,
} from './counted-batches.js';
import { maxOffsetsKey, trialShape, type TrialShape } from './trial-shape.js';

/** What is wrong with the batches of one configuration. */
interface Problem extends Pick<Finding, 'severity' | 'rule' | 'why' | 'instead'> {
  /** Configurations with the same kind of problem share a finding, which tells of the one that needs most. */
  readonly kind: string;
  readonly needs: number;
}

/**
 * Says which configurations cannot have enough batches that count, or may not have them at a plausible speed, and how
 * many records would do. Configurations with the same problem share a finding.
 */
export function batchFindings(
  configurations: readonly Configuration[],
  experiment: Experiment,
  records: number,
): Finding[] {
  const run = configurations.filter(({ role }) => role !== 'baseline-repeat');
  const groups = new Map<string, { problem: Problem; readonly found: Configuration[] }>();
  for (const configuration of run) {
    const problem = problemOf(trialShape(configuration.knobs, experiment, records));
    if (problem === undefined) continue;
    const group = groups.get(problem.kind) ?? { problem, found: [] };
    group.found.push(configuration);
    if (problem.needs > group.problem.needs) group.problem = problem;
    groups.set(problem.kind, group);
  }
  return [...groups.values()].map(({ problem, found }) => {
    const { severity, rule, why, instead } = problem;
    const ids = found.map(({ id }) => id);
    const whose = ids.length === run.length ? '' : ` of ${shortList(ids, 4)}`;
    const what =
      severity === 'error' ? `No trial${whose} can count.` : `The trials${whose} may not count.`;
    return { severity, rule, ...placeOf(found, experiment), what, why, instead };
  });
}

/** Where to change it: at the size of a batch, or else at the records. */
function placeOf(
  found: readonly Configuration[],
  { factors, knobs }: Experiment,
): { readonly key: string; readonly levels: readonly Level[] } {
  const isLimit = (key: string) => key.toLowerCase() === maxOffsetsKey.toLowerCase();
  const factor = factors.find(({ key }) => isLimit(key));
  if (factor !== undefined) {
    const used = new Set(found.map(({ levels }) => levels[factor.key] ?? null));
    const levels = factor.levels.filter((level) => used.has(level));
    return { key: factor.key, levels: levels.length === factor.levels.length ? [] : levels };
  }
  return { key: Object.keys(knobs).find(isLimit) ?? 'data.records', levels: [] };
}

function problemOf(shape: TrialShape): Problem | undefined {
  const impossible = impossibility(shape);
  if (impossible !== undefined) {
    const text = impossibleText(impossible, shape);
    const needs = shape.batchRows;
    return { severity: 'error', rule: 'few-batches', kind: impossible.kind, needs, ...text };
  }
  const usual = courseOf(shape, 1);
  if (usual.timesOut) {
    const total = startAndEndSeconds + usual.seconds;
    const rule = 'time-limit';
    return { severity: 'warning', rule, kind: rule, needs: total, ...lateText(shape, total) };
  }
  const speed = plausibleSpeeds.find((one) => courseOf(shape, one).counted < wantedBatches);
  if (speed === undefined) return undefined;
  const needs = shape.mode === 'drain' ? (enoughRecords(shape) ?? 0) : 0;
  const rule = 'batches-at-risk';
  const text = riskText(shape, speed, needs);
  return { severity: 'warning', rule, kind: `${rule} ${String(speed)}`, needs, ...text };
}
