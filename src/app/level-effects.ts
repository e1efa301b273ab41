import type { Caution, Verdict } from '../model/comparison.js';
import type { Configuration } from '../model/configuration.js';
import type { Level } from '../model/knob.js';
import type { RunRecord, TrialRecord } from '../model/run-record.js';
import type { LevelEffect } from '../report/report-model.js';
import { decide, type Orientation } from '../stats/decide.js';
import { median } from '../stats/quantile.js';
import { decisionRule, type Judgement } from './judge-run.js';
import {
  isSucceeded,
  latencyOf,
  logInBlock,
  throughputOf,
  trialsOfConfiguration,
  type Figure,
} from './trial-figures.js';

/** Two configurations that differ in one factor only: its baseline level and another one. */
interface Contrast {
  readonly changed: Configuration;
  readonly reference: Configuration;
}

interface LevelContrasts {
  readonly key: string;
  readonly level: Level;
  readonly baselineLevel: Level;
  readonly contrasts: readonly Contrast[];
}

/**
 * What each level of each factor does beside the baseline's level, decided together. In a grid a level is
 * compared in every combination of the other factors, and the block's figure is the mean of the log ratios
 * (a main effect). A level whose every configuration is ineligible is so too.
 */
export function levelEffects(
  run: RunRecord,
  judgements: ReadonlyMap<string, Judgement>,
): LevelEffect[] {
  const levels = allContrasts(run);
  const throughput = verdicts(run, levels, { figure: throughputOf, orientation: 'more-is-better' });
  const latency = verdicts(run, levels, { figure: latencyOf, orientation: 'less-is-better' });
  return levels.flatMap((level, index) => {
    const [first, second] = [throughput[index], latency[index]];
    if (first === undefined || second === undefined) return [];
    const out = ineligibility(level, judgements);
    return [effectOf(run, level, { throughput: out ?? first, latency: out ?? second })];
  });
}

function allContrasts(run: RunRecord): LevelContrasts[] {
  return run.experiment.factors.flatMap(({ key, levels }) => {
    const baselineLevel = run.experiment.baseline[key] ?? null;
    return levels
      .filter((level) => level !== baselineLevel)
      .map((level) => ({
        key,
        level,
        baselineLevel,
        contrasts: findContrasts(run, { key, level, baselineLevel }),
      }))
      .filter(({ contrasts }) => contrasts.length > 0);
  });
}

function ineligibility(
  { contrasts }: LevelContrasts,
  judgements: ReadonlyMap<string, Judgement>,
): Verdict | undefined {
  const found = contrasts.map(({ changed }) => judgements.get(changed.id)?.throughput);
  if (!found.every((verdict) => verdict?.kind === 'ineligible')) return undefined;
  const cautions: Caution[] = found.flatMap((verdict) => verdict?.cautions ?? []).slice(0, 1);
  return { kind: 'ineligible', estimate: null, adjustedP: null, cautions };
}

function findContrasts(
  run: RunRecord,
  { key, level, baselineLevel }: { key: string; level: Level; baselineLevel: Level },
): Contrast[] {
  const configurations = run.plan.configurations.filter((one) => one.control === undefined);
  return configurations
    .filter((configuration) => configuration.levels[key] === level)
    .flatMap((changed) => {
      const wanted = { ...changed.levels, [key]: baselineLevel };
      const reference = configurations.find(({ levels }) =>
        Object.entries(wanted).every(([other, value]) => levels[other] === value),
      );
      return reference === undefined ? [] : [{ changed, reference }];
    });
}

function effectOf(
  run: RunRecord,
  { contrasts, ...identity }: LevelContrasts,
  judgement: Judgement,
): LevelEffect {
  const changed = contrasts.flatMap((c) => trialsOfConfiguration(run, c.changed));
  const reference = contrasts.flatMap((c) => trialsOfReference(run, c.reference));
  const middle = (figure: Figure) => {
    const level = medianOf(changed, figure);
    const baseline = medianOf(reference, figure);
    return level === undefined || baseline === undefined ? null : { level, baseline };
  };
  return {
    ...identity,
    ...judgement,
    rowsPerSecond: middle(throughputOf),
    batchMs: middle(latencyOf),
    trialIds: changed.filter(isSucceeded).map((record) => record.trial.id),
    baselineTrialIds: reference.filter(isSucceeded).map((record) => record.trial.id),
    failedTrialIds: changed.filter((r) => !isSucceeded(r)).map((record) => record.trial.id),
  };
}

/** The baseline's trials are those of its repetition too. */
function trialsOfReference(run: RunRecord, reference: Configuration): TrialRecord[] {
  const again = run.plan.configurations.filter(
    (one) => reference.isBaseline && one.control === 'aa',
  );
  return [reference, ...again].flatMap((one) => trialsOfConfiguration(run, one));
}

function verdicts(
  run: RunRecord,
  levels: readonly LevelContrasts[],
  { figure, orientation }: { readonly figure: Figure; readonly orientation: Orientation },
): Verdict[] {
  const samples = levels.map(({ contrasts }) =>
    run.plan.blocks.flatMap(({ number: block }) => {
      const logs = contrasts.flatMap(({ changed, reference }) => {
        const candidate = logInBlock(run, { configuration: changed, block, figure });
        const baseline = logInBlock(run, { configuration: reference, block, figure });
        return candidate === null || baseline === null ? [] : [candidate - baseline];
      });
      return logs.length === 0 ? [] : [logs.reduce((sum, log) => sum + log, 0) / logs.length];
    }),
  );
  return decide(samples, decisionRule(run), orientation);
}

function medianOf(records: readonly TrialRecord[], figure: Figure): number | undefined {
  const values = records
    .filter(isSucceeded)
    .map(({ measurement }) => (measurement === null ? null : figure(measurement)));
  return median(values.filter((value) => value !== null));
}
