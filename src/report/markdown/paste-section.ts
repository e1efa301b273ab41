import type { Assignment } from '../../model/knob.js';
import type { ReportModel } from '../../model/run/report-model.js';
import { changedKnobs, pasteLines, submitName } from '../paste-lines.js';
import { code, joined, sentence, toMarkdown } from '../words/sentence.js';
import { codeBlock } from './markdown-table.js';

/** The lines that change the baseline into the best configuration; empty if none is better. */
export function winnerSection({ conclusion: { answer }, run }: ReportModel): string {
  if (answer.kind !== 'better') return '';
  const changed = changedKnobs(answer.best.configuration, run.experiment.baseline);
  return ['## To use it', pasteBlocks(changed), ...elsewhere(changed)]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Blocks of which each can be copied whole: they hold nothing but the lines to paste. */
export function pasteBlocks(knobs: Assignment): string {
  const lines = pasteLines(knobs);
  const { submit, source } = lines;
  return [
    ...(submit === ''
      ? []
      : [`For \`spark-submit\`${submitName(lines)}:`, codeBlock(submit, 'sh')]),
    ...(source === '' ? [] : ['For the Kafka source:', codeBlock(source, 'python')]),
  ].join('\n\n');
}

/** What there is to change besides. */
function elsewhere(knobs: Assignment): string[] {
  const { others, unset } = pasteLines(knobs);
  const list = (keys: readonly string[]) =>
    joined(
      keys.map((key) => [code(key)]),
      ', ',
    );
  return [
    ...(others.length === 0 ? [] : [toMarkdown(sentence`To set elsewhere: ${list(others)}.`)]),
    ...(unset.length === 0 ? [] : [toMarkdown(sentence`To leave unset: ${list(unset)}.`)]),
  ];
}
