import type { Level } from '../../model/knob.js';
import type { Winner } from '../../model/run/conclusion.js';
import type { NextStep } from '../../model/run/next-step.js';
import type { ReportModel } from '../../model/run/report-model.js';
import { blocksToDetect } from '../../stats/power.js';
import { knobToTry } from './knob-to-try.js';

/** More blocks than this do not fit in a night. */
const mostBlocks = 60;

type Analysed = Omit<ReportModel, 'next'>;

/** What to do after a run, the most useful thing only; null while it runs, and where there is nothing left to try. */
export function nextStep(model: Analysed): NextStep | null {
  const { run, conclusion } = model;
  if (run.state === 'running') return null;
  if (run.state === 'baseline-failed') return { kind: 'mend' };
  if (model.endedTrials < model.plannedTrials) return { kind: 'resume' };
  if (conclusion.controlFailed) return { kind: 'calm-machine' };
  switch (conclusion.answer.kind) {
    case 'better':
      return afterWinner(model, conclusion.answer.best);
    case 'too-early':
      return isMeasured(model) ? moreBlocks(model) : { kind: 'mend' };
    case 'none-better':
      return conclusion.verdicts.inconclusive > 0 ? moreBlocks(model) : knobToTry(model);
    case 'screened':
    case 'nothing-to-compare':
      return knobToTry(model);
  }
}

function isMeasured({ rows }: Analysed): boolean {
  return rows.every(({ rowsPerSecond }) => rowsPerSecond !== null);
}

function afterWinner(model: Analysed, best: Winner): NextStep | null {
  const end = endOfRange(model, best);
  if (end !== undefined) return end;
  if (best.tied) return moreBlocks(model) ?? { kind: 'confirm' };
  if (!best.confirmed && model.conclusion.verdicts.better > 1) return { kind: 'confirm' };
  return knobToTry(model);
}

/** A changed key of the best configuration whose level is the lowest or the highest of several numbers that were tried. */
function endOfRange({ run: { experiment } }: Analysed, { configuration }: Winner) {
  for (const { key, levels } of experiment.factors) {
    const level: Level = configuration.levels[key] ?? null;
    const numbers = levels.filter((one) => typeof one === 'number');
    if (typeof level !== 'number' || level === experiment.baseline[key] || numbers.length < 2)
      continue;
    // Nothing is below one of whatever is counted.
    if (level === Math.min(...numbers) && level > 1)
      return { kind: 'go-on', key, level, end: 'lowest' } as const;
    if (level === Math.max(...numbers))
      return { kind: 'go-on', key, level, end: 'highest' } as const;
  }
  return undefined;
}

/** As many as detect what matters: the smallest gain worth having, or else δ. */
function moreBlocks({ run, sensitivity, alpha, delta, rows }: Analysed): NextStep | null {
  const change = run.experiment.stopping.worthwhile ?? delta;
  const candidates = rows.filter(({ configuration }) => configuration.role === 'candidate').length;
  if (sensitivity.sd === null) return { kind: 'more-blocks', blocks: fewestBlocks, change };
  const needed = blocksToDetect(change, {
    sd: sensitivity.sd,
    alpha: alpha / Math.max(1, candidates),
  });
  const blocks = Math.max(needed, sensitivity.judgingBlocks + 1);
  if (blocks <= mostBlocks) return { kind: 'more-blocks', blocks, change };
  const readsCanary = run.experiment.measurement.canary !== false;
  return { kind: 'less-noise', blocks, change, readsCanary };
}

/** Where not even the noise is known. */
const fewestBlocks = 6;
