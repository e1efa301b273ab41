import { isSucceeded } from '../model/trial/ended-trial.js';
import type { TrialHistory } from '../model/run/run-record.js';
import type { Sensitivity } from '../model/run/report-model.js';
import { median } from '../stats/quantile.js';
import { aspectsOf, baselineSide, sideOf, type Aspect } from './judge/contrast.js';
import { canaryChoice } from './judge/canary-choice.js';
import { slopeOf } from './judge/decide-family.js';
import { freshTrials } from './judge/screening.js';
import { judgeControl } from './judge/judge-control.js';
import { fitSpeed } from './judge/speed-slope.js';
import type { JudgedRun } from './judge/judge-run.js';
import { indexTrials, type TrialIndex } from './trial-index.js';

/** A trial was disturbed if other programs used more than this share of all processors' time, */
const othersShare = 0.1;
/** or if its canary was slower than the median trial's by more than this share. */
const slowerShare = 0.25;

/** What a run could and could not detect, from its own controls. */
export function sensitivityOf(
  table: TrialIndex,
  { configurations, judgedAt, screened }: JudgedRun,
): Sensitivity {
  const { decisive } = aspectsOf(table.run);
  const logs = baselineLogs(table, decisive);
  const control = judgeControl(table.run, judgedAt);
  const all = [...configurations.values()].map((judgement) => judgement[decisive.name]);
  const isJudged = screened !== undefined && judgedAt !== null;
  // A screening's estimates say nothing of what the blocks after it could detect.
  const candidates = isJudged ? all.filter(({ kind }) => kind !== 'not-judged') : all;
  // Without candidates, the control shows the noise.
  const verdicts = candidates.some(({ estimate }) => estimate !== null)
    ? candidates
    : [{ estimate: control?.estimate ?? null, unadjusted: null }];
  const middle = (values: readonly (number | null | undefined)[]) =>
    median(values.filter((value) => value !== null && value !== undefined)) ?? null;
  return {
    control,
    sd: middle(verdicts.map(({ estimate }) => estimate?.sd)),
    unadjustedSd: middle(verdicts.map(({ unadjusted }) => unadjusted?.sd)),
    minimumDetectable:
      logs.length >= 2 && (screened === undefined || isJudged)
        ? middle(verdicts.map(({ estimate }) => estimate?.minimumDetectable))
        : null,
    drift: driftOf(logs),
    blocks: logs.length,
    judgingBlocks: isJudged
      ? baselineLogs(indexTrials(freshTrials(table.run)), decisive).length
      : logs.length,
    ...canaryPart(table, decisive),
    others: othersOf(table.run),
    disturbed: disturbedTrials(table.run),
  };
}

interface BaselineLog {
  readonly log: number;
  /** Whether the baseline ran in a live driver. */
  readonly isShared: boolean;
}

/** The log of the baseline's figure in each block that has one. */
function baselineLogs(table: TrialIndex, aspect: Aspect): BaselineLog[] {
  const side = baselineSide(table.run);
  const shared = new Set(
    table.run.trials.flatMap(({ trial, session }) => (session === undefined ? [] : [trial.block])),
  );
  return table.run.plan.blocks.flatMap(({ number: block }) => {
    const found = sideOf(table, side, { block, aspect });
    return found === null ? [] : [{ log: found.log, isShared: shared.has(block) }];
  });
}

/** Of the blocks that ran as the last one did: that a live driver is warm is no drift. Null with fewer than two. */
function driftOf(logs: readonly BaselineLog[]): number | null {
  const last = logs.at(-1);
  const alike = logs.filter(({ isShared }) => isShared === last?.isShared);
  const [first] = alike;
  if (first === undefined || last === undefined || alike.length < 2) return null;
  return Math.exp(last.log - first.log) - 1;
}

/** The readings, with what `auto` made of them; without any, it is only told that `auto` could not decide. */
function canaryPart(
  table: TrialIndex,
  decisive: Aspect,
): Pick<Sensitivity, 'canary' | 'canaryUnread'> {
  const canary = canaryOf(table, decisive);
  const isUnread = canary === null && canaryChoice(table)?.kind === 'unread';
  return isUnread ? { canary, canaryUnread: true } : { canary };
}

function canaryOf(table: TrialIndex, decisive: Aspect): Sensitivity['canary'] {
  const { run } = table;
  const readings = run.trials
    .filter(isSucceeded)
    .map(({ measurement }) => measurement?.canary ?? null)
    .filter((canary) => canary !== null);
  const frozenShare = median(readings.map((canary) => canary.frozenShare));
  if (frozenShare === undefined) return null;
  const speeds = readings.map((canary) => canary.medianCpuMs);
  const choice = canaryChoice(table);
  return {
    slope: slopeOf(table, decisive)?.slope ?? null,
    correlation: fitSpeed(table, decisive)?.correlation ?? null,
    frozenShare,
    range: Math.max(...speeds) / Math.min(...speeds) - 1,
    ...(choice === undefined ? {} : { choice }),
  };
}

function othersOf({ trials }: TrialHistory): Sensitivity['others'] {
  const shares = trials
    .map(({ machine }) => machine?.othersShare ?? null)
    .filter((share) => share !== null);
  const middle = median(shares);
  return middle === undefined ? null : { median: middle, most: Math.max(...shares) };
}

function disturbedTrials({ trials }: TrialHistory): string[] {
  const middle = median(
    trials.map(({ measurement }) => measurement?.canary?.medianCpuMs ?? NaN).filter(isFinite),
  );
  return trials
    .filter(({ machine, measurement }) => {
      const canary = measurement?.canary?.medianCpuMs;
      const slow =
        canary !== undefined && middle !== undefined && canary > (1 + slowerShare) * middle;
      return slow || (machine?.othersShare ?? 0) > othersShare;
    })
    .map(({ trial }) => trial.id);
}
