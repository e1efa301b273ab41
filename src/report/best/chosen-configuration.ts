import type { Configuration } from '../../model/configuration.js';
import type { ReportModel } from '../../model/run/report-model.js';
import { conclusionSentences } from '../words/conclusion-text.js';
import { toPlainText } from '../words/sentence.js';

/** What to run: the best configuration, or the baseline where none was found to be better. */
export interface Chosen {
  readonly configuration: Configuration;
  readonly isWinner: boolean;
}

/** Undefined for a plan without a baseline, which no run has. */
export function chosenConfiguration({ conclusion, run }: ReportModel): Chosen | undefined {
  const { answer } = conclusion;
  if (answer.kind === 'better') return { configuration: answer.best.configuration, isWinner: true };
  const configuration = run.plan.configurations.find(({ role }) => role === 'baseline');
  return configuration === undefined ? undefined : { configuration, isWinner: false };
}

/** The answer of the run, and whose settings these are: a sentence each, without markup. */
export function chosenSentences(model: ReportModel, { isWinner }: Chosen): string[] {
  const [answer = []] = conclusionSentences(model);
  return [
    toPlainText(answer),
    ...(isWinner ? [] : [`${baselineText(model)} These are its settings.`]),
  ];
}

/** Why it is the baseline's settings that are shown. */
export function baselineText({ conclusion: { answer } }: ReportModel): string {
  return answer.kind === 'too-early' || answer.kind === 'screened'
    ? 'Until something is judged to be better, the baseline is what is known to run.'
    : 'So the baseline stands.';
}
