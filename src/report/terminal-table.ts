import { levelText } from '../model/knob.js';
import { printable } from '../model/printable.js';
import { whyNotCounted } from './words/outcome/outcome-text.js';
import type { ReportModel } from '../model/run/report-model.js';
import { changedKnobs, pasteLines, submitName } from './paste-lines.js';
import { noInk, type Ink } from './terminal/ink.js';
import { resultTable } from './terminal/result-table.js';
import { wrapText } from './terminal/wrap-text.js';
import { conclusionSentences } from './words/conclusion-text.js';
import { nextSentence } from './words/next-text.js';
import { settingLines } from './words/evidence/setting-text.js';
import { resultLine } from './words/evidence/result-text.js';
import { sensitivitySentences } from './words/sensitivity-text.js';
import { journalSentences } from './words/run/run-text.js';
import { toPlainText } from './words/sentence.js';
import { capitalisedState } from './words/run/status-text.js';
import { count } from './words/wording.js';

/**
 * A run's result for a terminal of this many columns: the answer, what was compared, the table, what it rests on, and
 * the lines that change the baseline into the best configuration. Only those lines may be longer: a line that has been
 * broken cannot be pasted.
 */
export function renderTerminal(model: ReportModel, width: number, ink: Ink = noInk): string {
  const wrapped = (texts: readonly string[], paint = (line: string) => line) =>
    texts.flatMap((text) => wrapText(printable(text), width, '  ')).map(paint);
  const [answer = '', ...more] = conclusionSentences(model).map(toPlainText);
  return [
    '',
    ...wrapped(stateLines(model)),
    ...wrapped([answer], ink.strong),
    ...wrapped(more),
    '',
    ...wrapped(headerLines(model)),
    resultTable(model, width, ink),
    ...wrapped(sensitivitySentences(model)),
    ...wrapped([resultLine(model) ?? []].flat()),
    ...wrapped(settingLines(model.settings)),
    ...wrapped(failureLines(model)),
    ...winnerLines(model).map(printable),
    '',
    ...(model.next === null ? [] : [...wrapped([nextSentence(model.next)]), '']),
  ].join('\n');
}

function stateLines(model: ReportModel): string[] {
  const { manifest, state } = model.run;
  return [
    ...(manifest.simulation === undefined
      ? []
      : [`SIMULATED by ${manifest.simulation}: nothing was measured.`]),
    ...(model.endedTrials === model.plannedTrials
      ? []
      : [
          `${toPlainText(capitalisedState(state))}. ${count(model.endedTrials)} of ${count(model.plannedTrials)} trials have ended.`,
        ]),
    ...journalSentences(model).map(toPlainText),
  ];
}

function headerLines(model: ReportModel): string[] {
  const { experiment } = model.run;
  const pairs = (entries: readonly (readonly [string, string])[]) =>
    entries.map(([key, value]) => `${key}=${value}`).join('  ');
  const constants = model.constants.map(({ key, level }) => [key, levelText(level)] as const);
  const baseline = model.variedKeys.map(
    (key) => [key, levelText(experiment.baseline[key] ?? null)] as const,
  );
  return [
    [experiment.name, experiment.description.replaceAll(/\s+/g, ' ').trim()]
      .filter((part) => part !== '')
      .join(': '),
    ...(constants.length > 0 ? [`in every configuration: ${pairs(constants)}`] : []),
    ...(baseline.length > 0 ? [`baseline: ${pairs(baseline)}`] : []),
  ];
}

function failureLines(model: ReportModel): string[] {
  return model.rows
    .flatMap((row) => row.failures)
    .map((record) => {
      const why = whyNotCounted(record.outcome) ?? '';
      return `  ${record.trial.id} ${record.outcome.kind}: ${why} (block ${count(record.trial.block)})`;
    });
}

/** The lines stand alone, so that they can be selected as a whole. */
function winnerLines({ conclusion: { answer }, run }: ReportModel): string[] {
  if (answer.kind !== 'better') return [];
  const changed = changedKnobs(answer.best.configuration, run.experiment.baseline);
  const lines = pasteLines(changed);
  const { submit, source, others, unset } = lines;
  const block = (title: string, text: string) => (text === '' ? [] : ['', title, '', text]);
  return [
    ...block(`To use it, for spark-submit${submitName(lines)}:`, submit),
    ...block('To use it, for the Kafka source:', source),
    ...block('To set elsewhere:', others.join('\n')),
    ...block('To leave unset:', unset.join('\n')),
  ];
}
