import type { LevelEffect, ReportModel } from '../model/run/report-model.js';
import { conclusionSentences } from './words/conclusion-text.js';
import { toPlainText } from './words/sentence.js';

/** Both answers of a run for programs: what each level did, and which were better than the baseline's, best first. */
export function renderAnswersJson(model: ReportModel): string {
  const { run, effects, better, tied, alpha, delta, endedTrials, plannedTrials } = model;
  const pairOf = ({ key, level }: LevelEffect) => ({ key, level });
  const answers = {
    version: 1,
    experiment: run.experiment.name,
    simulation: run.manifest.simulation ?? null,
    complete: endedTrials === plannedTrials,
    figure: model.conclusion.figure,
    alpha,
    delta,
    answer: conclusionSentences(model).map(toPlainText).join(' '),
    effects,
    better: better.map(pairOf),
    tied,
    ablations: model.ablations.map(({ without, ...one }) => ({ ...one, without: without.id })),
  };
  return JSON.stringify(answers, null, 2);
}
