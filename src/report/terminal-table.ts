import Table from 'cli-table3';
import { levelText } from '../model/knob.js';
import { whyNotCounted } from './words/outcome-text.js';
import { comparisonColumns } from './comparison-columns.js';
import type { ReportModel } from '../model/run/report-model.js';
import { sensitivitySentences } from './words/sensitivity-text.js';
import { journalSentences } from './words/run-text.js';
import { toPlainText } from './words/sentence.js';
import { states } from './words/status-text.js';
import { capitalised, count } from './words/wording.js';

/** The comparison as text for a terminal: header with the constants, table, and why trials failed. */
export function renderTerminal(model: ReportModel): string {
  const columns = comparisonColumns(model);
  const table = new Table({
    head: columns.map((column) => column.label),
    colAligns: columns.map((column) => column.align),
    style: { head: [], border: [], compact: true },
  });
  for (const row of model.rows) {
    table.push(columns.map((column) => breakable(shortened(column.cell(row)))));
  }
  return [
    ...headerLines(model),
    table.toString(),
    ...sensitivitySentences(model).flatMap(wrapped),
    ...failureLines(model),
    '',
  ].join('\n');
}

/** Moves text in brackets to a line of its own, to keep the table narrow. */
function breakable(cell: string): string {
  return cell.replace(' (', '\n(');
}

const widestName = 32;
const widestText = 118;

/** Wraps a sentence into lines. */
function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length >= widestText) lines.push(`  ${word}`);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

/**
 * Moves the value of a long pair to a line of its own; if that is still too long, cuts off its start, since a class
 * name is clear without its package. The report shows it in full.
 */
function shortened(cell: string): string {
  const lines = cell.split('\n').map((line) => {
    const equals = line.indexOf('=');
    if (line.length <= widestName || equals < 0) return line;
    const value = line.slice(equals + 1);
    const room = widestName - 3;
    return `${line.slice(0, equals)}=\n  ${value.length <= room ? value : `…${value.slice(-room)}`}`;
  });
  return lines.join('\n');
}

function headerLines(model: ReportModel): string[] {
  const { experiment } = model.run;
  const pairs = (entries: readonly (readonly [string, string])[]) =>
    entries.map(([key, value]) => `${key}=${value}`).join('  ');
  const constants = model.constants.map(({ key, level }) => [key, levelText(level)] as const);
  const baseline = model.variedKeys.map(
    (key) => [key, levelText(experiment.baseline[key] ?? null)] as const,
  );
  const { simulation } = model.run.manifest;
  return [
    '',
    ...(simulation === undefined ? [] : [`SIMULATED by ${simulation}: nothing was measured.`]),
    ...(model.endedTrials === model.plannedTrials
      ? []
      : [
          `${capitalised(toPlainText(states[model.run.state]))}. ${count(model.endedTrials)} of ${count(model.plannedTrials)} trials have ended.`,
        ]),
    ...journalSentences(model).map(toPlainText),
    [experiment.name, experiment.description].filter((part) => part !== '').join(': '),
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
