import type { Configuration } from '../model/configuration.js';
import { trialsOf, type Trial } from '../model/trial/plan.js';
import type { RunRecord } from '../model/run/run-record.js';
import type { ConfigurationRow, ReportModel } from '../model/run/report-model.js';
import { trialCosts } from './cost/trial-costs.js';
import { configurationRow } from './configuration-row.js';
import { baselineSide } from './judge/contrast.js';
import { checkClaims } from './claims/check-claims.js';
import { interactionsOf } from './detail/interactions.js';
import { conclude } from './conclude.js';
import { paretoFront } from './pareto-front.js';
import { betterLevels, isTied } from './rank-levels.js';
import { screeningPart } from './screening-part.js';
import { sensitivityOf } from './sensitivity.js';
import { smallerTrials } from './smaller-trials.js';
import { freshTrials, screeningTrials } from './judge/screening.js';
import { isOver, judgeRun, type JudgedRun } from './judge/judge-run.js';
import { levelEffects } from './level-effects.js';
import { settingRows } from './script/setting-rows.js';
import { neededTrials } from './needed-trials.js';
import { nextStep } from './next/next-step.js';
import { decisionRule } from './judge/decide-family.js';
import { endedCells, measurementsOf, indexTrials, type TrialIndex } from './trial-index.js';

/** Computes everything that the reports say about a run, finished or not. A pure function of the record. */
export function analyseRun(run: RunRecord): ReportModel {
  const { plan } = run;
  const judged = judgeRun(run, isOver(run));
  const needed = neededTrials(run, judged.stopped);
  const tables = tablesOf(run, judged.screened !== undefined);
  const rows = rowsOf(run, { judged, tables, needed });
  const effects = levelEffects(tables, judged);
  const sensitivity = sensitivityOf(tables.all, judged);
  const conclusion = conclude(run, rows, {
    control: sensitivity.control,
    screened: judged.screened,
  });
  const better = betterLevels(effects, conclusion.figure);
  const { alpha, delta } = decisionRule(run);
  const analysed = {
    run,
    plannedTrials: needed.length,
    skippedTrials: trialsOf(plan).length - needed.length,
    endedTrials: endedCells(run).size,
    alpha,
    delta,
    judgedAt: judged.judgedAt,
    ...screeningPart(run, judged),
    ...knobsOf(run),
    sensitivity,
    smallerTrials: smallerTrials(run.trials),
    rows,
    trialCosts: trialCosts(run),
    settings: settingRows(run.trials),
    conclusion,
    effects,
    better,
    tied: isTied(better, conclusion.figure),
    claims: checkClaims(run.experiment.claims ?? [], effects, conclusion.figure),
    interactions: interactionsOf(tables.all),
    paretoFront: paretoFront(rows),
  };
  return { ...analysed, next: nextStep(analysed) };
}

function rowsOf(
  run: RunRecord,
  {
    judged,
    tables,
    needed,
  }: { readonly judged: JudgedRun; readonly tables: Tables; readonly needed: readonly Trial[] },
): ConfigurationRow[] {
  const { all, judging } = tables;
  const baseline = measurementsOf(judging, baselineSide(run));
  const planned = judged.screened === undefined ? trialsOf(run.plan) : needed;
  return run.plan.configurations.map((configuration) =>
    configurationRow({ all, judging }, configuration, {
      judgement: judged.configurations.get(configuration.id),
      baseline,
      plannedTrials: countTrials(planned, configuration),
      processors: run.manifest.machine.cpuCount,
      price: run.experiment.measurement.price,
    }),
  );
}

interface Tables {
  readonly all: TrialIndex;
  /** The trials on which the estimates of a screening rest. */
  readonly ranking: TrialIndex;
  /** Those on which verdicts rest. Without a screening, all of them are both. */
  readonly judging: TrialIndex;
}

function tablesOf(run: RunRecord, isScreened: boolean): Tables {
  const all = indexTrials(run);
  if (!isScreened) return { all, ranking: all, judging: all };
  const fresh = freshTrials(run);
  return {
    all,
    ranking: indexTrials(screeningTrials(run)),
    judging: fresh.trials.length === 0 ? all : indexTrials(fresh),
  };
}

function countTrials(trials: readonly Trial[], { id }: Configuration): number {
  return trials.filter(({ configuration }) => configuration.id === id).length;
}

/** The keys that differ between the configurations, and the knobs that do not. */
function knobsOf({ plan, experiment }: RunRecord): Pick<ReportModel, 'variedKeys' | 'constants'> {
  const variedKeys = experiment.factors
    .map((factor) => factor.key)
    .filter((key) => new Set(plan.configurations.map((c) => c.levels[key])).size > 1);
  const [any] = plan.configurations;
  const constants = Object.entries(any?.knobs ?? {})
    .filter(([key]) => !variedKeys.includes(key))
    .map(([key, level]) => ({ key, level }));
  return { variedKeys, constants };
}
